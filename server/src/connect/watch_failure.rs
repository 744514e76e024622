use std::error::Error;
use std::io;
use std::time::Duration;

use kube::client::AuthError;
use topology::wire::{AccessProblem, TlsRemedy};

use super::reason::{causes, chain, reason};
use super::truncated::TruncatedLine;
use super::{Busy, DeniedRequest, MethodNotAllowed, TooLarge, UnexpectedStatus};

/// Why a watch has no data, sorted by what helps against it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WatchFailure {
    /// Nobody answers, or the connection broke.
    Unreachable(AccessProblem),
    /// The server and this client do not trust each other.
    Tls(AccessProblem),
    /// 401: the credentials are missing, wrong or expired, or the plugin that fetches them failed.
    Unauthorized(AccessProblem),
    /// 403: the credentials are valid, but give no right to this kind.
    Forbidden(AccessProblem),
    /// 404: the server has no such kind.
    Absent(AccessProblem),
    /// 410: the resource version that the watch asked for is compacted. A new list helps at once.
    Expired(AccessProblem),
    /// 429: the server wants no request before this time has passed.
    Busy(AccessProblem, Duration),
    /// What the server sent is not what an API server sends. Only a person can change that.
    Malformed(AccessProblem),
    /// Any other error.
    Other(AccessProblem),
}

impl WatchFailure {
    /// No list came within the client's time limit.
    pub fn silent(server: &str, seconds: u64) -> Self {
        Self::Unreachable(AccessProblem::Silent { server: server.to_owned(), seconds })
    }

    /// The server's answer does not decode.
    fn undecodable(server: &str, error: &dyn std::fmt::Display) -> Self {
        Self::Malformed(AccessProblem::Undecodable { server: server.to_owned(), reason: reason(&error.to_string()) })
    }

    /// An object has no name or no version.
    pub(crate) fn nameless(server: &str) -> Self {
        Self::Malformed(AccessProblem::NamelessObject { server: server.to_owned() })
    }

    /// A list says that it is another one.
    pub(crate) fn other_kind(server: &str, found: &str, expected: String) -> Self {
        Self::Malformed(AccessProblem::OtherKind { server: server.to_owned(), found: reason(found), expected })
    }

    /// The problem as a value for readers.
    pub fn problem(&self) -> &AccessProblem {
        match self {
            Self::Unreachable(problem)
            | Self::Tls(problem)
            | Self::Unauthorized(problem)
            | Self::Forbidden(problem)
            | Self::Absent(problem)
            | Self::Expired(problem)
            | Self::Busy(problem, _)
            | Self::Malformed(problem)
            | Self::Other(problem) => problem,
        }
    }

    /// Whether the whole connection fails, rather than one kind.
    pub fn with_connection(&self) -> bool {
        matches!(self, Self::Unreachable(_) | Self::Tls(_) | Self::Unauthorized(_))
    }

    /// Classifies a Status for this request.
    pub(crate) fn of_status(status: &kube::core::Status, server: &str, request: DeniedRequest<'_>) -> Self {
        let server = server.to_owned();
        let reason = reason(if status.message.is_empty() { &status.reason } else { &status.message });
        match status.code {
            401 => Self::Unauthorized(AccessProblem::CredentialsRefused { server, reason }),
            403 => Self::Forbidden(request.problem(&reason)),
            404 => Self::Absent(AccessProblem::NotServed { server, reason }),
            410 => Self::Expired(AccessProblem::VersionExpired { server, reason }),
            // kube-client takes any JSON object that is not an event for a Status.
            0 if reason.is_empty() => Self::Malformed(AccessProblem::UnknownEvent { server }),
            status => Self::Other(AccessProblem::HttpError { server, status, reason }),
        }
    }

    /// Classifies a client's error for this request.
    pub(crate) fn of_client(error: &kube::Error, server: &str, request: DeniedRequest<'_>) -> Self {
        match error {
            kube::Error::Api(status) => Self::of_status(status, server, request),
            kube::Error::Auth(error) => Self::no_credentials(server, error),
            kube::Error::SerdeError(error) => Self::undecodable(server, error),
            error => Self::of_transport(error, server),
        }
    }

    fn no_credentials(server: &str, error: &AuthError) -> Self {
        let reason = match error {
            // These quote what a command was called with and what it wrote, which is a credential if anything.
            AuthError::AuthExecRun { out, .. } => format!("the command that fetches them ended with {}", out.status),
            AuthError::AuthExecParse(_) => "the command that fetches them wrote something else".to_owned(),
            error => chain(error),
        };
        Self::Unauthorized(AccessProblem::NoCredentials { server: server.to_owned(), reason })
    }

    fn of_transport(error: &kube::Error, server: &str) -> Self {
        if let Some(MethodNotAllowed(method)) = causes(error).find_map(|cause| cause.downcast_ref()) {
            return Self::Other(AccessProblem::WriteRefused { method: method.to_string() });
        }
        if let Some(auth) = causes(error).find_map(|cause| cause.downcast_ref()) {
            return Self::no_credentials(server, auth);
        }
        let server = server.to_owned();
        if let Some(Busy { status, after }) = causes(error).find_map(|cause| cause.downcast_ref()) {
            let (status, seconds) = (status.to_string(), after.as_secs());
            return Self::Busy(AccessProblem::Busy { server, status, seconds }, *after);
        }
        if causes(error).any(|cause| cause.is::<TruncatedLine>()) {
            return Self::Malformed(AccessProblem::EventCutShort { server });
        }
        if let Some(TooLarge(limit)) = causes(error).find_map(|cause| cause.downcast_ref()) {
            return Self::Malformed(AccessProblem::AnswerTooLarge { server, megabytes: (*limit as u64) >> 20 });
        }
        if let Some(UnexpectedStatus(status)) = causes(error).find_map(|cause| cause.downcast_ref()) {
            let reason = status.canonical_reason().unwrap_or_default().to_owned();
            return Self::Malformed(AccessProblem::HttpError { server, status: status.as_u16(), reason });
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

/// The remedy for a TLS failure, found by rustls' message.
fn remedy(reason: &str) -> TlsRemedy {
    match () {
        // An alert of the server is about the client's certificate.
        () if reason.contains("alert") && reason.contains("xpired") => TlsRemedy::RenewClientCertificate,
        () if reason.contains("xpired") => TlsRemedy::RenewServerCertificate,
        () if reason.contains("NotValidForName") || reason.contains("not valid for name") => {
            TlsRemedy::UseNameOfCertificate
        }
        () => TlsRemedy::CheckAuthority,
    }
}

/// The last cause of a failed request, without the layers that only say that a request failed.
fn cause(error: &(dyn Error + 'static)) -> String {
    let layer = |error: &&(dyn Error + 'static)| {
        let text = error.to_string();
        text.starts_with("ServiceError") || text.starts_with("HyperError") || text.starts_with("client error")
    };
    causes(error).find(|error| !layer(error)).map_or_else(|| chain(error), chain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expired_certificate_is_the_servers_unless_a_tls_alert_reports_it() {
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
            let failure = WatchFailure::of_transport(&error, "https://test");
            let AccessProblem::NotTrusted { remedy, .. } = failure.problem() else { panic!("{error}") };
            assert_eq!(*remedy, expected, "{error}");
        }
    }

    fn rustls_words(text: &str) -> kube::Error {
        kube::Error::Service(text.into())
    }
}
