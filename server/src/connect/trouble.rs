use std::error::Error;
use std::io;
use std::time::Duration;

use kube::runtime::watcher;
use topology::key::Scope;
use topology::wire::{AccessProblem, TlsRemedy};

use super::whole::Cut;
use super::{Asked, Busy, NotRead};

/// What keeps a watch from its data, sorted by what helps against it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Nobody answers, or the connection broke.
    Unreachable(AccessProblem),
    /// The server and this client do not trust each other.
    Tls(AccessProblem),
    /// 401: the credentials are missing, wrong or expired; or the plugin that fetches them failed.
    Unauthorized(AccessProblem),
    /// 403: the credentials are good, but not for this kind.
    Forbidden(AccessProblem),
    /// 404: the server has no such kind.
    Absent(AccessProblem),
    /// 410: the version that the watch asked for is compacted; listing anew helps at once.
    Expired(AccessProblem),
    /// 429: the server asks for patience, until this much time has passed.
    Busy(AccessProblem, Duration),
    /// Anything else.
    Other(AccessProblem),
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
            watcher::Error::NoResourceVersion => {
                Self::Other(AccessProblem::ListWithoutVersion { server: server.to_owned() })
            }
        }
    }

    /// No list within the time that a client waits for one.
    pub fn silent(server: &str, seconds: u64) -> Self {
        Self::Unreachable(AccessProblem::Silent { server: server.to_owned(), seconds })
    }

    /// What the server sent does not decode.
    fn undecodable(server: &str, error: &dyn std::fmt::Display) -> Self {
        Self::Other(AccessProblem::Undecodable { server: server.to_owned(), reason: error.to_string() })
    }

    /// The same as a value for readers.
    pub fn problem(&self) -> &AccessProblem {
        match self {
            Self::Unreachable(problem)
            | Self::Tls(problem)
            | Self::Unauthorized(problem)
            | Self::Forbidden(problem)
            | Self::Absent(problem)
            | Self::Expired(problem)
            | Self::Busy(problem, _)
            | Self::Other(problem) => problem,
        }
    }

    /// Whether the trouble is with the connection as a whole rather than with one kind.
    pub fn with_connection(&self) -> bool {
        matches!(self, Self::Unreachable(_) | Self::Tls(_) | Self::Unauthorized(_))
    }

    fn of_status(status: &kube::core::Status, server: &str, asked: Asked<'_>) -> Self {
        let server = server.to_owned();
        let reason = if status.message.is_empty() { status.reason.clone() } else { status.message.clone() };
        match status.code {
            401 => Self::Unauthorized(AccessProblem::CredentialsRefused { server, reason }),
            403 => Self::Forbidden(asked.denied(&reason)),
            404 => Self::Absent(AccessProblem::NotServed { server, reason }),
            410 => Self::Expired(AccessProblem::VersionExpired { reason }),
            // kube-client takes any JSON object that is no event for a Status.
            0 if reason.is_empty() => Self::Other(AccessProblem::UnknownEvent { server }),
            status => Self::Other(AccessProblem::HttpError { server, status, reason }),
        }
    }

    /// What a client's error means, for this request.
    pub(crate) fn of_client(error: &kube::Error, server: &str, asked: Asked<'_>) -> Self {
        match error {
            kube::Error::Api(status) => Self::of_status(status, server, asked),
            kube::Error::Auth(error) => Self::no_credentials(server, error),
            kube::Error::SerdeError(error) => Self::undecodable(server, error),
            error => Self::of_transport(error, server),
        }
    }

    fn no_credentials(server: &str, error: &(dyn Error + 'static)) -> Self {
        Self::Unauthorized(AccessProblem::NoCredentials { server: server.to_owned(), reason: chain(error) })
    }

    fn of_transport(error: &kube::Error, server: &str) -> Self {
        if let Some(NotRead(method)) = causes(error).find_map(|cause| cause.downcast_ref()) {
            return Self::Other(AccessProblem::WriteRefused { method: method.to_string() });
        }
        if let Some(auth) = causes(error).find(|cause| cause.is::<kube::client::AuthError>()) {
            return Self::no_credentials(server, auth);
        }
        let server = server.to_owned();
        if let Some(Busy { status, after }) = causes(error).find_map(|cause| cause.downcast_ref()) {
            let (status, seconds) = (status.to_string(), after.as_secs());
            return Self::Busy(AccessProblem::Busy { server, status, seconds }, *after);
        }
        if causes(error).any(|cause| cause.is::<Cut>()) {
            return Self::Other(AccessProblem::EventCutShort { server });
        }
        let reason = cause(error);
        if ["certificate", "TLS", "HandshakeFailure", "fatal alert"].iter().any(|word| reason.contains(word)) {
            let remedy = remedy(&reason);
            return Self::Tls(AccessProblem::NotTrusted { server, reason, remedy });
        }
        let innermost = causes(error).filter_map(|cause| cause.downcast_ref::<io::Error>()).last();
        Self::Unreachable(match innermost.map(io::Error::kind) {
            Some(io::ErrorKind::ConnectionRefused) => AccessProblem::ConnectionRefused { server },
            Some(io::ErrorKind::TimedOut) => AccessProblem::NoAnswerInTime { server },
            Some(io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe | io::ErrorKind::UnexpectedEof) => {
                AccessProblem::ConnectionBroken { server }
            }
            _ => AccessProblem::Unreachable { server, reason },
        })
    }
}

/// What helps against a TLS failure, by rustls' words for it.
fn remedy(reason: &str) -> TlsRemedy {
    match () {
        // The server's alert is about the client's certificate.
        () if reason.contains("alert") && reason.contains("xpired") => TlsRemedy::RenewClientCertificate,
        () if reason.contains("xpired") => TlsRemedy::RenewServerCertificate,
        () if reason.contains("NotValidForName") || reason.contains("not valid for name") => {
            TlsRemedy::UseNameOfCertificate
        }
        () => TlsRemedy::CheckAuthority,
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
        for (error, expected) in [
            (rustls_words("invalid peer certificate: Expired"), TlsRemedy::RenewServerCertificate),
            (
                rustls_words("invalid peer certificate: certificate expired: verification time 1 (UNIX)"),
                TlsRemedy::RenewServerCertificate,
            ),
            (rustls_words("received fatal alert: CertificateExpired"), TlsRemedy::RenewClientCertificate),
            (
                rustls_words("invalid peer certificate: certificate not valid for name \"a\""),
                TlsRemedy::UseNameOfCertificate,
            ),
            (rustls_words("invalid peer certificate: UnknownIssuer"), TlsRemedy::CheckAuthority),
        ] {
            let trouble = Trouble::of_transport(&error, "https://test");
            let AccessProblem::NotTrusted { remedy, .. } = trouble.problem() else { panic!("{error}") };
            assert_eq!(*remedy, expected, "{error}");
        }
    }

    fn rustls_words(text: &str) -> kube::Error {
        kube::Error::Service(text.into())
    }
}
