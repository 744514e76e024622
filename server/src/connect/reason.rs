//! What a library, the API server or a plugin says, made fit for a message: without credentials, and not too long.
//!
//! Every text of theirs passes through [`reason`] before it enters a problem, hence before it enters a log, a status or an answer.

use std::borrow::Cow;
use std::error::Error;
use std::io;

/// Maximum length of what is quoted, in characters. An API server, or whoever answers in its place, may say megabytes.
const MAX_CHARS: usize = 500;

/// A text as it may be quoted: its beginning, without the user and password of any URL.
pub(crate) fn reason(text: &str) -> String {
    // What is cut off is not looked at; a URL that the limit cuts in two is looked at whole.
    let looked_at = text.char_indices().nth(8 * MAX_CHARS).map_or(text, |(end, _)| &text[..end]);
    let clean = without_credentials(looked_at);
    match clean.char_indices().nth(MAX_CHARS) {
        Some((end, _)) => format!("{}…", &clean[..end]),
        None => clean.into_owned(),
    }
}

/// An error with its causes, each one once, as it may be quoted: many errors repeat their cause in their own text.
pub(crate) fn chain(error: &(dyn Error + 'static)) -> String {
    let mut text = String::new();
    for cause in causes(error) {
        let part = cause.to_string();
        if text.is_empty() {
            text = part;
        } else if !text.contains(&part) {
            text.push_str(": ");
            text.push_str(&part);
        }
    }
    reason(&text)
}

/// An error, and what caused it.
pub(crate) fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |error| {
        let error: &'a (dyn Error + 'static) = *error;
        // `source` of an io::Error skips the error that it wraps, so the wrapped error is taken instead.
        let made_of = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        made_of.map(|inner| inner as &'a (dyn Error + 'static)).or_else(|| error.source())
    })
}

/// The text with the user information cut from every URL in it: `https://user:password@host` becomes `https://host`.
fn without_credentials(text: &str) -> Cow<'_, str> {
    const SCHEME_END: &str = "://";
    let mut clean = String::new();
    let mut rest = text;
    while let Some((before, url)) = rest.split_once(SCHEME_END) {
        clean.push_str(before);
        clean.push_str(SCHEME_END);
        rest = &url[user_information(url)..];
    }
    if clean.is_empty() {
        return Cow::Borrowed(text);
    }
    clean.push_str(rest);
    Cow::Owned(clean)
}

/// The length of the user information, with its `@`, at the beginning of what follows a scheme.
fn user_information(url: &str) -> usize {
    let url = url.split(|end: char| end.is_whitespace() || matches!(end, '"' | '\'' | '`' | '<' | '>')).next();
    let url = url.unwrap_or_default();
    let authority = url.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    // A password that was not escaped may hold what ends an authority. `host:` then has no port behind it.
    let is_host = authority
        .rsplit_once(':')
        .is_none_or(|(host, port)| host.starts_with('[') || port.bytes().all(|digit| digit.is_ascii_digit()));
    let within = if authority.contains('@') || is_host { authority } else { url };
    // Without an `@` it may be a user and the beginning of a password.
    within.rfind('@').map_or(if is_host { 0 } else { authority.len() }, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn user_information_is_cut_from_every_url() {
        for (text, clean) in [
            ("no URL, jo@example.com", "no URL, jo@example.com"),
            ("https://a.example:6443/x", "https://a.example:6443/x"),
            ("https://user:secret@a.example:6443/x@y", "https://a.example:6443/x@y"),
            ("https://secret@a.example", "https://a.example"),
            ("'http://u:secret@p:3128' and \"socks5://u:secret@q\"", "'http://p:3128' and \"socks5://q\""),
            ("https://u:secret@ret@a.example/", "https://a.example/"),
            // Not escaped, as it should be.
            ("https://u:sec/re?t#@a.example/", "https://a.example/"),
            ("https://[::1]:6443/a@b", "https://[::1]:6443/a@b"),
            ("https://u:secret@[::1]:6443", "https://[::1]:6443"),
            // A user of an identity provider.
            (
                "User \"https://issuer.example#jo@example.com\" cannot",
                "User \"https://issuer.example#jo@example.com\" cannot",
            ),
            ("https://", "https://"),
            ("https://u:secr", "https://"),
        ] {
            assert_eq!(reason(text), clean);
        }
    }

    #[test]
    fn a_long_text_is_cut_and_no_part_of_a_password_is_left_at_the_cut() {
        assert_eq!(reason(&"é".repeat(5_000_000)), format!("{}…", "é".repeat(MAX_CHARS)));
        assert_eq!(reason(&"x".repeat(MAX_CHARS)), "x".repeat(MAX_CHARS));
        let text = format!("{} https://user:{}@a.example/", "x".repeat(MAX_CHARS - 20), "secret".repeat(20));
        assert!(!reason(&text).contains("secret"), "{}", reason(&text));
    }

    #[test]
    fn each_cause_is_said_once() {
        let inner = io::Error::other("cannot reach http://u:secret@p");
        let error = io::Error::other(kube::Error::Service(Box::new(inner)));
        assert_eq!(chain(&error), "ServiceError: cannot reach http://p");
    }
}
