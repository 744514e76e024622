//! Problems of access to a cluster's data as values, because readers of every language share a status.

mod decode;

use serde::{Deserialize, Serialize};

/// A problem of access to a cluster or to one kind. The JSON object is `{"code": …}` with the arguments of that code.
///
/// `reason` is the message of the API server or of a library. `server` is the address of the API server.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "camelCase", from = "decode::CodeAndArguments")]
#[expect(missing_docs, reason = "the fields are the arguments that the variant's line names")]
pub enum AccessProblem {
    /// Nothing listens at the server's address.
    ConnectionRefused { server: String },
    /// No connection was made, or no answer came, within the time limit.
    NoAnswerInTime { server: String },
    /// The connection broke.
    ConnectionBroken { server: String },
    /// The server cannot be reached for another reason.
    Unreachable { server: String, reason: String },
    /// The server accepts connections and has not answered for `seconds`.
    Silent { server: String, seconds: u64 },
    /// The server and this client do not trust each other.
    NotTrusted { server: String, reason: String, remedy: TlsRemedy },
    /// 401: the server refuses the credentials.
    CredentialsRefused { server: String, reason: String },
    /// The credentials cannot be fetched: a plugin failed, or a file is missing.
    NoCredentials { server: String, reason: String },
    /// 403, in the words of Kubernetes' own authorizers.
    Forbidden(Box<Refusal>),
    /// 403, in other words.
    ForbiddenOtherwise(Box<OtherRefusal>),
    /// 404: the server does not serve this kind.
    NotServed { server: String, reason: String },
    /// 410: the version that a list or a watch asked for is compacted, again and again.
    VersionExpired { server: String, reason: String },
    /// 429 or 503: the server is overloaded. It allows the next request after `seconds`.
    Busy { server: String, status: String, seconds: u64 },
    /// The server answered with another error.
    HttpError { server: String, status: u16, reason: String },
    /// A list without a version: the server is no Kubernetes API server.
    ListWithoutVersion { server: String },
    /// A list with pages without end; it was given up after `objects` objects.
    ListEndless { server: String, objects: u64 },
    /// A list of another kind than the one that was asked for.
    OtherKind { server: String, found: String, expected: String },
    /// An answer, or an event of a watch, has more than `megabytes` MB.
    AnswerTooLarge { server: String, megabytes: u64 },
    /// An answer or a watch event cannot be decoded.
    Undecodable { server: String, reason: String },
    /// A watch event of an unknown type.
    UnknownEvent { server: String },
    /// An object without a name or without a version.
    NamelessObject { server: String },
    /// An event of a watch was cut short on its way.
    EventCutShort { server: String },
    /// A request with another method than GET did not leave kubehop.
    WriteRefused { method: String },
    /// The namespaces of a kind are no longer watched one by one, because the whole cluster may be listed now.
    ListedAnew,
    /// A kubeconfig cannot be read.
    KubeconfigUnreadable { file: String, reason: String },
    /// A kubeconfig, or a file that it names, has not been read for `seconds`: a pipe, or a file system that does not answer.
    FileHangs { file: String, seconds: u64 },
    /// A kubeconfig does not parse.
    KubeconfigInvalid { file: String, reason: String },
    /// A kubeconfig names no current context.
    NoCurrentContext { file: String },
    /// A kubeconfig does not have this context; the contexts that it has.
    NoSuchContext { file: String, context: String, known: Vec<String> },
    /// A kubeconfig lacks what a context needs.
    KubeconfigIncomplete { file: String, reason: String },
    /// The Pod's service account files are missing or invalid.
    NoServiceAccount { reason: String },
    /// No client can be made of the configuration: certificates.
    NoClient { server: String, reason: String },
    /// The proxy's URL has a scheme that kubehop cannot use, or none.
    ProxyUnsupported { server: String, proxy: String },
    /// The plugin that fetches the credentials ran longer than `seconds` and was stopped.
    PluginHangs { server: String, command: String, seconds: u64 },
    /// The plugin that fetches the credentials fetched none.
    PluginFailed { server: String, command: String, reason: String },
    /// kubehop's own work on the context failed; it begins anew after `seconds`.
    ContextFailed { seconds: u64 },
    /// kubehop closed the connection.
    Closed,
    /// A problem that only a newer server knows.
    Unknown,
}

/// A refused request, with the rule that would allow it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Refusal {
    /// The resource, with its API group if it has one.
    pub resource: String,
    /// The verb.
    pub verb: String,
    /// The user.
    pub user: String,
    /// The namespace; `None` for the whole cluster.
    pub namespace: Option<String>,
    /// The rule that would grant it, in YAML.
    pub rule: String,
    /// The namespace of the Role that needs the rule; `None` for a ClusterRole.
    pub role_namespace: Option<String>,
}

/// A refused request whose message is not from Kubernetes' authorizers, with the rule that would allow it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OtherRefusal {
    /// The resource, with its API group if it has one.
    pub resource: String,
    /// The verb.
    pub verb: String,
    /// The message of the refusal.
    pub reason: String,
    /// The rule that would grant it, in YAML.
    pub rule: String,
    /// The namespace of the Role that needs the rule; `None` for a ClusterRole.
    pub role_namespace: Option<String>,
}

/// The remedy if a server and this client do not trust each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TlsRemedy {
    /// The client certificate in the kubeconfig has expired.
    RenewClientCertificate,
    /// The API server's certificate has expired, or this machine's clock is wrong.
    RenewServerCertificate,
    /// The certificate has another name than the one that is used.
    UseNameOfCertificate,
    /// Anything else: the certificate authority in the kubeconfig may be another one.
    #[default]
    #[serde(other)]
    CheckAuthority,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_survives_its_json_and_one_of_a_newer_server_is_unknown() {
        let refusal = Refusal {
            resource: "pods".into(),
            verb: "list".into(),
            user: "jo".into(),
            namespace: None,
            rule: "{}".into(),
            role_namespace: Some("shop".into()),
        };
        let forbidden = AccessProblem::Forbidden(Box::new(refusal));
        let json = r#"{"code":"forbidden","resource":"pods","verb":"list","user":"jo","namespace":null,"rule":"{}","roleNamespace":"shop"}"#;
        assert_eq!(serde_json::to_string(&forbidden).unwrap(), json);
        assert_eq!(serde_json::from_str::<AccessProblem>(json).unwrap(), forbidden);
        let newer = r#"{"code":"solar-flare","server":"https://a","since":7}"#;
        assert_eq!(serde_json::from_str::<AccessProblem>(newer).unwrap(), AccessProblem::Unknown);
        let remedy = r#"{"code":"not-trusted","server":"s","reason":"r","remedy":"pray"}"#;
        let expected =
            AccessProblem::NotTrusted { server: "s".into(), reason: "r".into(), remedy: TlsRemedy::CheckAuthority };
        assert_eq!(serde_json::from_str::<AccessProblem>(remedy).unwrap(), expected);
    }
}
