//! Reads a problem of access: all arguments of all codes at once. A derived decoder of an enum with so many variants would be a fortieth of
//! the page.

use serde::Deserialize;
use serde_json::Value;

use super::{AccessProblem, OtherRefusal, Refusal, TlsRemedy};

/// The code with the arguments of every code.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct CodeAndArguments {
    code: String,
    server: String,
    reason: String,
    seconds: u64,
    remedy: TlsRemedy,
    resource: String,
    verb: String,
    user: String,
    namespace: Option<String>,
    rule: String,
    role_namespace: Option<String>,
    /// A text or a number, by the code.
    status: Value,
    objects: u64,
    found: String,
    expected: String,
    megabytes: u64,
    method: String,
    file: String,
    context: String,
    known: Vec<String>,
    proxy: String,
    command: String,
}

impl From<CodeAndArguments> for AccessProblem {
    fn from(read: CodeAndArguments) -> Self {
        let CodeAndArguments { code, server, reason, seconds, remedy, .. } = read;
        let CodeAndArguments { resource, verb, user, namespace, rule, role_namespace, .. } = read;
        let CodeAndArguments { status, objects, found, expected, megabytes, method, .. } = read;
        let CodeAndArguments { file, context, known, proxy, command, .. } = read;
        match code.as_str() {
            "connection-refused" => Self::ConnectionRefused { server },
            "no-answer-in-time" => Self::NoAnswerInTime { server },
            "connection-broken" => Self::ConnectionBroken { server },
            "unreachable" => Self::Unreachable { server, reason },
            "silent" => Self::Silent { server, seconds },
            "not-trusted" => Self::NotTrusted { server, reason, remedy },
            "credentials-refused" => Self::CredentialsRefused { server, reason },
            "no-credentials" => Self::NoCredentials { server, reason },
            "forbidden" => Self::Forbidden(Box::new(Refusal { resource, verb, user, namespace, rule, role_namespace })),
            "forbidden-otherwise" => {
                Self::ForbiddenOtherwise(Box::new(OtherRefusal { resource, verb, reason, rule, role_namespace }))
            }
            "not-served" => Self::NotServed { server, reason },
            "version-expired" => Self::VersionExpired { server, reason },
            "busy" => Self::Busy { server, status: status.as_str().unwrap_or_default().to_owned(), seconds },
            "http-error" => {
                let status = status.as_u64().and_then(|status| status.try_into().ok()).unwrap_or_default();
                Self::HttpError { server, status, reason }
            }
            "list-without-version" => Self::ListWithoutVersion { server },
            "list-endless" => Self::ListEndless { server, objects },
            "other-kind" => Self::OtherKind { server, found, expected },
            "answer-too-large" => Self::AnswerTooLarge { server, megabytes },
            "undecodable" => Self::Undecodable { server, reason },
            "unknown-event" => Self::UnknownEvent { server },
            "nameless-object" => Self::NamelessObject { server },
            "event-cut-short" => Self::EventCutShort { server },
            "write-refused" => Self::WriteRefused { method },
            "listed-anew" => Self::ListedAnew,
            "kubeconfig-unreadable" => Self::KubeconfigUnreadable { file, reason },
            "file-hangs" => Self::FileHangs { file, seconds },
            "kubeconfig-invalid" => Self::KubeconfigInvalid { file, reason },
            "no-current-context" => Self::NoCurrentContext { file },
            "no-such-context" => Self::NoSuchContext { file, context, known },
            "kubeconfig-incomplete" => Self::KubeconfigIncomplete { file, reason },
            "no-service-account" => Self::NoServiceAccount { reason },
            "no-client" => Self::NoClient { server, reason },
            "proxy-unsupported" => Self::ProxyUnsupported { server, proxy },
            "plugin-hangs" => Self::PluginHangs { server, command, seconds },
            "plugin-failed" => Self::PluginFailed { server, command, reason },
            "context-failed" => Self::ContextFailed { seconds },
            "closed" => Self::Closed,
            _ => Self::Unknown,
        }
    }
}
