use std::error::Error;
use std::io;
use std::time::Duration;

use kube::runtime::watcher;
use topology::key::Scope;

use super::whole::Cut;
use super::{Asked, Busy, NotRead};

/// What keeps a watch from its data, sorted by what helps against it. The texts are for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Nobody answers, or the connection broke.
    Unreachable(String),
    /// The server and this client do not trust each other.
    Tls(String),
    /// 401: the credentials are missing, wrong or expired; or the plugin that fetches them failed.
    Unauthorized(String),
    /// 403: the credentials are good, but not for this kind. The text names the verb and the resource.
    Forbidden(String),
    /// 404: the server has no such kind.
    Absent(String),
    /// 410: the version that the watch asked for is compacted; listing anew helps at once.
    Expired(String),
    /// 429: the server asks for patience, until this much time has passed.
    Busy(String, Duration),
    /// Anything else.
    Other(String),
}

impl Trouble {
    /// What a watcher's error means. `server` is what to call the API server, `scope` what was listed and watched.
    pub fn of(error: &watcher::Error, server: &str, scope: &Scope) -> Self {
        let asked = |verb| Asked::of_kind(scope.kind, verb, &scope.namespace);
        match error {
            watcher::Error::InitialListFailed(error) => Self::of_client(error, server, asked("list")),
            watcher::Error::WatchStartFailed(error) | watcher::Error::WatchFailed(error) => {
                Self::of_client(error, server, asked("watch"))
            }
            watcher::Error::WatchError(status) => Self::of_status(status, server, asked("watch")),
            watcher::Error::NoResourceVersion => Self::Other(format!(
                "{server} does not answer as a Kubernetes API server does: its lists have no version"
            )),
        }
    }

    /// No list within the time that a client waits for one.
    pub fn silent(server: &str, seconds: u64) -> Self {
        Self::Unreachable(format!("{server} accepts connections, but has not answered for {seconds} s"))
    }

    /// What the server sent, or what came of it, is not what a watch sends.
    pub(crate) fn undecodable(server: &str, error: &dyn std::fmt::Display) -> Self {
        Self::Other(format!("{server} sent what does not decode: {error}"))
    }

    /// For the reader.
    pub fn message(&self) -> &str {
        match self {
            Self::Unreachable(text)
            | Self::Tls(text)
            | Self::Unauthorized(text)
            | Self::Forbidden(text)
            | Self::Absent(text)
            | Self::Expired(text)
            | Self::Busy(text, _)
            | Self::Other(text) => text,
        }
    }

    /// Whether the trouble is with the connection as a whole rather than with one kind.
    pub fn with_connection(&self) -> bool {
        matches!(self, Self::Unreachable(_) | Self::Tls(_) | Self::Unauthorized(_))
    }

    fn of_status(status: &kube::core::Status, server: &str, asked: Asked<'_>) -> Self {
        let said = if status.message.is_empty() { status.reason.clone() } else { status.message.clone() };
        match status.code {
            401 => Self::Unauthorized(format!(
                "{server} refuses the credentials (401 {said}): the token may have expired. Log in again; kubehop reads the \
                 kubeconfig anew and needs no restart"
            )),
            403 => Self::Forbidden(asked.denied(&said)),
            404 => Self::Absent(format!("{server} does not have this kind (404 {said})")),
            410 => Self::Expired(said),
            // kube-client takes any JSON object that is no event for a Status.
            0 if said.is_empty() => Self::undecodable(server, &"an event of no type that a watch has"),
            code => Self::Other(format!("{server} answered {code}: {said}")),
        }
    }

    /// What a client's error means, for this request.
    pub(crate) fn of_client(error: &kube::Error, server: &str, asked: Asked<'_>) -> Self {
        match error {
            kube::Error::Api(status) => Self::of_status(status, server, asked),
            kube::Error::Auth(error) => Self::Unauthorized(format!("no credentials for {server}: {}", chain(error))),
            kube::Error::SerdeError(error) => Self::undecodable(server, error),
            error => Self::of_transport(error, server),
        }
    }

    fn of_transport(error: &kube::Error, server: &str) -> Self {
        let said = cause(error);
        if causes(error).any(|cause| cause.is::<NotRead>()) {
            return Self::Other(said);
        }
        if let Some(busy) = causes(error).find_map(|cause| cause.downcast_ref::<Busy>()) {
            return Self::Busy(format!("{server} has too much to do ({busy})"), busy.after);
        }
        if causes(error).any(|cause| cause.is::<Cut>()) {
            return Self::undecodable(server, &Cut);
        }
        if let Some(auth) = causes(error).find(|cause| cause.is::<kube::client::AuthError>()) {
            return Self::Unauthorized(format!("no credentials for {server}: {}", chain(auth)));
        }
        if ["certificate", "TLS", "HandshakeFailure", "fatal alert"].iter().any(|word| said.contains(word)) {
            return Self::Tls(format!("no trusted connection to {server}: {said}; {}", mend(&said)));
        }
        let innermost = causes(error).filter_map(|cause| cause.downcast_ref::<io::Error>()).last();
        let reason = match innermost.map(io::Error::kind) {
            Some(io::ErrorKind::ConnectionRefused) => "connection refused: nothing listens there".to_owned(),
            Some(io::ErrorKind::TimedOut) => "no answer in time".to_owned(),
            Some(io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe | io::ErrorKind::UnexpectedEof) => {
                "the connection broke".to_owned()
            }
            _ => said,
        };
        Self::Unreachable(format!("cannot reach the API server at {server}: {reason}"))
    }
}

/// What helps against a TLS failure, by rustls' words for it.
fn mend(said: &str) -> &'static str {
    match () {
        // The server's alert is about the client's certificate.
        () if said.contains("alert") && said.contains("xpired") => {
            "the client certificate in the kubeconfig has expired: renew it; kubehop reads it anew and needs no restart"
        }
        () if said.contains("xpired") => {
            "the API server's certificate has expired, or this machine's clock is wrong: renew it on the control plane"
        }
        () if said.contains("NotValidForName") || said.contains("not valid for name") => {
            "use a name that the certificate has, or set tls-server-name in the kubeconfig"
        }
        () => "check the certificate authority in the kubeconfig",
    }
}

fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |error| {
        let error: &'a (dyn Error + 'static) = *error;
        // What an io::Error was made of is not its source: that is the source of what it was made of.
        let made_of = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        made_of.map(|inner| inner as &'a (dyn Error + 'static)).or_else(|| error.source())
    })
}

/// What a failed request comes down to, without the layers that only say that a request failed.
fn cause(error: &(dyn Error + 'static)) -> String {
    let layer = |error: &&(dyn Error + 'static)| {
        let text = error.to_string();
        text.starts_with("ServiceError") || text.starts_with("HyperError") || text.starts_with("client error")
    };
    causes(error).find(|error| !layer(error)).map_or_else(|| chain(error), chain)
}

/// An error with its causes, each said once: many errors repeat their cause in their own text.
pub(super) fn chain(error: &(dyn Error + 'static)) -> String {
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
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expired_certificate_is_the_servers_unless_the_server_says_so() {
        for (error, part) in [
            (rustls_words("invalid peer certificate: Expired"), "API server's certificate has expired"),
            (rustls_words("invalid peer certificate: certificate expired: verification time 1 (UNIX)"), "has expired"),
            (
                rustls_words("received fatal alert: CertificateExpired"),
                "client certificate in the kubeconfig has expired",
            ),
            (rustls_words("invalid peer certificate: certificate not valid for name \"a\""), "tls-server-name"),
            (rustls_words("invalid peer certificate: UnknownIssuer"), "certificate authority"),
        ] {
            let Trouble::Tls(text) = Trouble::of_transport(&error, "https://test") else { panic!("{error}") };
            assert!(text.contains(part), "{text}");
        }
    }

    fn rustls_words(text: &str) -> kube::Error {
        kube::Error::Service(text.into())
    }
}
