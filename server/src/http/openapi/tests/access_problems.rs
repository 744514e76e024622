//! One of each problem of access to a cluster.

use std::iter::successors;

use topology::wire::{AccessProblem, OtherRefusal, Refusal, TlsRemedy};

/// Every problem once, in the order of the enumeration.
pub(super) fn access_problems() -> Vec<AccessProblem> {
    successors(Some(AccessProblem::ConnectionRefused { server: text() }), next).collect()
}

fn text() -> String {
    "text".to_owned()
}

/// The problem after this one. The compiler asks for an arm of a new problem, and the arm before it must lead to it.
fn next(problem: &AccessProblem) -> Option<AccessProblem> {
    let (server, reason, file) = (text(), text(), text());
    Some(match problem {
        AccessProblem::ConnectionRefused { .. } => AccessProblem::NoAnswerInTime { server },
        AccessProblem::NoAnswerInTime { .. } => AccessProblem::ConnectionBroken { server },
        AccessProblem::ConnectionBroken { .. } => AccessProblem::Unreachable { server, reason },
        AccessProblem::Unreachable { .. } => AccessProblem::Silent { server, seconds: 30 },
        AccessProblem::Silent { .. } => AccessProblem::NotTrusted { server, reason, remedy: TlsRemedy::CheckAuthority },
        AccessProblem::NotTrusted { .. } => AccessProblem::CredentialsRefused { server, reason },
        AccessProblem::CredentialsRefused { .. } => AccessProblem::NoCredentials { server, reason },
        AccessProblem::NoCredentials { .. } => AccessProblem::Forbidden(Box::new(Refusal {
            resource: text(),
            verb: text(),
            user: text(),
            namespace: None,
            rule: text(),
            role_namespace: None,
        })),
        AccessProblem::Forbidden(_) => AccessProblem::ForbiddenOtherwise(Box::new(OtherRefusal {
            resource: text(),
            verb: text(),
            reason,
            rule: text(),
            role_namespace: None,
        })),
        AccessProblem::ForbiddenOtherwise(_) => AccessProblem::NotServed { server, reason },
        AccessProblem::NotServed { .. } => AccessProblem::VersionExpired { server, reason },
        AccessProblem::VersionExpired { .. } => AccessProblem::Busy { server, status: text(), seconds: 1 },
        AccessProblem::Busy { .. } => AccessProblem::HttpError { server, status: 500, reason },
        AccessProblem::HttpError { .. } => AccessProblem::ListWithoutVersion { server },
        AccessProblem::ListWithoutVersion { .. } => AccessProblem::ListEndless { server, objects: 1 },
        AccessProblem::ListEndless { .. } => AccessProblem::OtherKind { server, found: text(), expected: text() },
        AccessProblem::OtherKind { .. } => AccessProblem::AnswerTooLarge { server, megabytes: 1 },
        AccessProblem::AnswerTooLarge { .. } => AccessProblem::Undecodable { server, reason },
        AccessProblem::Undecodable { .. } => AccessProblem::UnknownEvent { server },
        AccessProblem::UnknownEvent { .. } => AccessProblem::NamelessObject { server },
        AccessProblem::NamelessObject { .. } => AccessProblem::EventCutShort { server },
        AccessProblem::EventCutShort { .. } => AccessProblem::WriteRefused { method: text() },
        AccessProblem::WriteRefused { .. } => AccessProblem::ListedAnew,
        AccessProblem::ListedAnew => AccessProblem::KubeconfigUnreadable { file, reason },
        AccessProblem::KubeconfigUnreadable { .. } => AccessProblem::FileHangs { file, seconds: 1 },
        AccessProblem::FileHangs { .. } => AccessProblem::KubeconfigInvalid { file, reason },
        AccessProblem::KubeconfigInvalid { .. } => AccessProblem::NoCurrentContext { file },
        AccessProblem::NoCurrentContext { .. } => {
            AccessProblem::NoSuchContext { file, context: text(), known: Vec::new() }
        }
        AccessProblem::NoSuchContext { .. } => AccessProblem::KubeconfigIncomplete { file, reason },
        AccessProblem::KubeconfigIncomplete { .. } => AccessProblem::NoServiceAccount { reason },
        AccessProblem::NoServiceAccount { .. } => AccessProblem::NoClient { server, reason },
        AccessProblem::NoClient { .. } => AccessProblem::ProxyUnsupported { server, proxy: text() },
        AccessProblem::ProxyUnsupported { .. } => AccessProblem::PluginHangs { server, command: text(), seconds: 1 },
        AccessProblem::PluginHangs { .. } => AccessProblem::PluginFailed { server, command: text(), reason },
        AccessProblem::PluginFailed { .. } => AccessProblem::ContextFailed { seconds: 1 },
        AccessProblem::ContextFailed { .. } => AccessProblem::Closed,
        AccessProblem::Closed => AccessProblem::Unknown,
        AccessProblem::Unknown => return None,
    })
}
