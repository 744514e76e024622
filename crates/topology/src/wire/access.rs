//! What keeps kubehop from a cluster's data, as a value: a status is shared by readers of every language.

use serde::{Deserialize, Serialize};

/// What keeps kubehop from a cluster, or from one kind in it. On the wire it is `{"code": …}` with the arguments of that code.
///
/// `reason` is what the API server or a library says, in its own words. `server` is what the API server is called: its address.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[expect(missing_docs, reason = "the fields are the arguments that the variant's line names")]
pub enum AccessProblem {
    /// Nothing listens at the server's address.
    ConnectionRefused { server: String },
    /// No connection, or no answer, came about in time.
    NoAnswerInTime { server: String },
    /// The connection broke.
    ConnectionBroken { server: String },
    /// The server cannot be reached for another reason.
    Unreachable { server: String, reason: String },
    /// The server takes connections and does not answer; for so many seconds.
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
    /// 410: the version that a watch asked for is compacted.
    VersionExpired { reason: String },
    /// 429 or 503: the server has too much to do, and wants to be asked again after so many seconds.
    Busy { server: String, status: String, seconds: u64 },
    /// The server answered with another error.
    HttpError { server: String, status: u16, reason: String },
    /// A list without a version: the server is no Kubernetes API server.
    ListWithoutVersion { server: String },
    /// An answer, or an event of a watch, does not decode.
    Undecodable { server: String, reason: String },
    /// An event of a type that a watch does not have.
    UnknownEvent { server: String },
    /// An event about an object without a name.
    NamelessObject { server: String },
    /// An event of a watch was cut short on its way.
    EventCutShort { server: String },
    /// A request with another method than GET did not leave kubehop.
    WriteRefused { method: String },
    /// The namespaces of a kind are no longer watched one by one, because the whole cluster may be listed now.
    ListedAnew,
    /// A kubeconfig cannot be read.
    KubeconfigUnreadable { file: String, reason: String },
    /// A kubeconfig does not parse.
    KubeconfigInvalid { file: String, reason: String },
    /// A kubeconfig names no current context.
    NoCurrentContext { file: String },
    /// A kubeconfig does not have this context; the contexts that it has.
    NoSuchContext { file: String, context: String, known: Vec<String> },
    /// A kubeconfig lacks what a context needs.
    KubeconfigIncomplete { file: String, reason: String },
    /// The Pod's service account is not as it should be.
    NoServiceAccount { reason: String },
    /// No client can be made of the configuration: certificates, exec plugin, proxy.
    NoClient { server: String, reason: String },
    /// kubehop closed the connection.
    Closed,
    /// A problem that only a newer server knows.
    #[serde(other)]
    Unknown,
}

/// Who may not do what, and what would grant it.
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
    /// The namespace of the Role that the rule belongs into; `None` for a ClusterRole.
    pub role_namespace: Option<String>,
}

/// What was refused in words that are not those of Kubernetes' authorizers, and what would grant it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OtherRefusal {
    /// The resource, with its API group if it has one.
    pub resource: String,
    /// The verb.
    pub verb: String,
    /// The words of the refusal.
    pub reason: String,
    /// The rule that would grant it, in YAML.
    pub rule: String,
    /// The namespace of the Role that the rule belongs into; `None` for a ClusterRole.
    pub role_namespace: Option<String>,
}

/// What helps where a server and this client do not trust each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TlsRemedy {
    /// The client certificate in the kubeconfig has expired.
    RenewClientCertificate,
    /// The API server's certificate has expired, or this machine's clock is wrong.
    RenewServerCertificate,
    /// The certificate has another name than the one that is used.
    UseNameOfCertificate,
    /// Anything else: the certificate authority in the kubeconfig may be another one.
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
