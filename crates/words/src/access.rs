//! Texts of problems of access to a cluster's data.

use topology::wire::{AccessProblem, OtherRefusal, Refusal, TlsRemedy};

use crate::Words;

impl Words {
    /// A problem of access to a cluster's data, with its remedy.
    pub fn access_problem(&self, problem: &AccessProblem) -> String {
        match problem {
            AccessProblem::ConnectionRefused { server } => self.access_connection_refused(server),
            AccessProblem::NoAnswerInTime { server } => self.access_no_answer_in_time(server),
            AccessProblem::ConnectionBroken { server } => self.access_connection_broken(server),
            AccessProblem::Unreachable { server, reason } => self.access_unreachable(server, reason),
            AccessProblem::Silent { server, seconds } => self.access_silent(server, *seconds),
            AccessProblem::NotTrusted { server, reason, remedy } => {
                self.access_not_trusted(server, reason, self.tls_remedy(*remedy))
            }
            AccessProblem::CredentialsRefused { server, reason } => self.access_credentials_refused(server, reason),
            AccessProblem::NoCredentials { server, reason } => self.access_no_credentials(server, reason),
            AccessProblem::Forbidden(refusal) => self.refusal(refusal),
            AccessProblem::ForbiddenOtherwise(refusal) => {
                let OtherRefusal { resource, verb, reason, rule, role_namespace } = &**refusal;
                let (role_namespace, cluster_role) = namespace_or_cluster(role_namespace);
                self.access_forbidden_otherwise(resource, verb, reason, cluster_role, role_namespace, rule)
            }
            AccessProblem::NotServed { server, reason } => self.access_not_served(server, reason),
            AccessProblem::VersionExpired { server, reason } => self.access_version_expired(server, reason),
            AccessProblem::Busy { server, status, seconds } => self.access_busy(server, status, *seconds),
            AccessProblem::HttpError { server, status, reason } => self.access_http_error(server, *status, reason),
            AccessProblem::ListWithoutVersion { server } => self.access_list_without_version(server),
            AccessProblem::ListEndless { server, objects } => self.access_list_endless(server, *objects),
            AccessProblem::OtherKind { server, found, expected } => self.access_other_kind(server, found, expected),
            AccessProblem::AnswerTooLarge { server, megabytes } => self.access_answer_too_large(server, *megabytes),
            AccessProblem::Undecodable { server, reason } => self.access_undecodable(server, reason),
            AccessProblem::UnknownEvent { server } => self.access_unknown_event(server),
            AccessProblem::NamelessObject { server } => self.access_nameless_object(server),
            AccessProblem::EventCutShort { server } => self.access_event_cut_short(server),
            AccessProblem::WriteRefused { method } => self.access_write_refused(method),
            AccessProblem::ListedAnew => self.access_listed_anew(),
            AccessProblem::KubeconfigUnreadable { file, reason } => self.access_kubeconfig_unreadable(file, reason),
            AccessProblem::FileHangs { file, seconds } => self.access_file_hangs(file, *seconds),
            AccessProblem::KubeconfigInvalid { file, reason } => self.access_kubeconfig_invalid(file, reason),
            AccessProblem::NoCurrentContext { file } => self.access_no_current_context(file),
            AccessProblem::NoSuchContext { file, context, known } => {
                self.access_no_such_context(file, context, self.list(known))
            }
            AccessProblem::KubeconfigIncomplete { file, reason } => self.access_kubeconfig_incomplete(file, reason),
            AccessProblem::NoServiceAccount { reason } => self.access_no_service_account(reason),
            AccessProblem::NoClient { server, reason } => self.access_no_client(server, reason),
            AccessProblem::ProxyUnsupported { server, proxy } => self.access_proxy_unsupported(server, proxy),
            AccessProblem::PluginHangs { server, command, seconds } => {
                self.access_plugin_hangs(server, command, *seconds)
            }
            AccessProblem::PluginFailed { server, command, reason } => {
                self.access_plugin_failed(server, command, reason)
            }
            AccessProblem::ContextFailed { seconds } => self.access_context_failed(*seconds),
            AccessProblem::Closed => self.access_closed(),
            AccessProblem::Unknown => self.access_unknown(),
        }
    }

    /// The text of a status's problem, or the status's own English sentence if this version does not know the problem.
    pub fn problem_or_error(&self, problem: Option<&AccessProblem>, error: Option<&str>) -> Option<String> {
        match problem {
            None | Some(AccessProblem::Unknown) => error.map(str::to_owned),
            Some(problem) => Some(self.access_problem(problem)),
        }
    }

    fn refusal(&self, refusal: &Refusal) -> String {
        let Refusal { resource, verb, user, namespace, rule, role_namespace } = refusal;
        let (namespace, whole_cluster) = namespace_or_cluster(namespace);
        let (role_namespace, cluster_role) = namespace_or_cluster(role_namespace);
        self.access_forbidden(resource, verb, user, whole_cluster, namespace, cluster_role, role_namespace, rule)
    }

    fn tls_remedy(&self, remedy: TlsRemedy) -> String {
        match remedy {
            TlsRemedy::RenewClientCertificate => self.remedy_renew_client_certificate(),
            TlsRemedy::RenewServerCertificate => self.remedy_renew_server_certificate(),
            TlsRemedy::UseNameOfCertificate => self.remedy_use_name_of_certificate(),
            TlsRemedy::CheckAuthority => self.remedy_check_authority(),
        }
    }
}

/// The namespace (empty for the whole cluster), and whether it is the whole cluster.
fn namespace_or_cluster(namespace: &Option<String>) -> (&str, bool) {
    (namespace.as_deref().unwrap_or_default(), namespace.is_none())
}
