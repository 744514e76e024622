//! The address of an API server.

use http::uri::{Authority, Uri};
use kube::Config;
use percent_encoding::percent_decode_str;

/// Takes the user and password out of the server's URL, so that no message and no log has them. As kubectl does, they become the credentials
/// if there are no others.
pub(super) fn take_user_information(config: &mut Config) {
    let Some((user, address)) = split(&config.cluster_url) else { return };
    config.cluster_url = address;
    let own = &mut config.auth_info;
    let has_credentials = own.token.is_some()
        || own.token_file.is_some()
        || own.username.is_some()
        || own.exec.is_some()
        || own.auth_provider.is_some();
    if let Some((name, password)) = user.split_once(':')
        && !has_credentials
    {
        let decoded = |text| percent_decode_str(text).decode_utf8_lossy().into_owned();
        own.username = Some(decoded(name));
        own.password = Some(decoded(password).into());
    }
}

/// The user information of a URL, and the URL without it; `None` if there is none.
fn split(url: &Uri) -> Option<(String, Uri)> {
    let (user, host) = url.authority()?.as_str().rsplit_once('@')?;
    let mut parts = url.clone().into_parts();
    // What is behind the user information of an authority is an authority.
    parts.authority = Some(Authority::try_from(host).ok()?);
    Some((user.to_owned(), Uri::from_parts(parts).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(url: &str, token: Option<&str>) -> (String, Option<String>) {
        let mut config = Config::new(url.parse().unwrap());
        config.auth_info.token = token.map(|token| token.to_owned().into());
        take_user_information(&mut config);
        (config.cluster_url.to_string(), config.auth_info.username)
    }

    #[test]
    fn user_and_password_are_taken_out_of_the_url_and_are_credentials_if_there_are_no_others() {
        let jo = Some("j@".to_owned());
        assert_eq!(taken("https://j%40:secret@a.example:6443/k8s", None), ("https://a.example:6443/k8s".into(), jo));
        assert_eq!(taken("https://jo:secret@[::1]:6443", Some("t")), ("https://[::1]:6443/".into(), None));
        assert_eq!(taken("https://secret@a.example/", None), ("https://a.example/".into(), None));
        assert_eq!(taken("https://a.example/", None), ("https://a.example/".into(), None));
    }
}
