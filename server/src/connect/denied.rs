//! What a 403 means: which verb on which resource is missing, for whom and where, and what to grant.

use std::borrow::Cow;
use std::fmt;

use topology::cluster::kinds::{GroupResource, Kind};
use topology::wire::{self, AccessProblem, OtherRefusal};

use crate::proxy;

/// A request that the API server may refuse, as its sender knows it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DeniedRequest<'a> {
    /// The resource.
    pub(crate) resource: GroupResource,
    /// The verb.
    pub(crate) verb: &'a str,
    /// The namespace; empty for the whole cluster.
    pub(crate) namespace: &'a str,
    /// The RBAC rule that grants the request.
    pub(crate) rule: Rule<'a>,
}

/// A rule of a Role or ClusterRole (RBAC).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rule<'a> {
    /// The resource.
    pub(crate) resource: GroupResource,
    /// The name of the one object that is needed; empty for all objects.
    pub(crate) name: &'a str,
    /// The verbs that kubehop needs.
    pub(crate) verbs: &'a [&'a str],
}

impl Rule<'_> {
    /// The rule that a watched kind needs.
    pub(crate) fn watched(kind: Kind) -> Self {
        Self { resource: kind.api().group_resource(), name: "", verbs: &["get", "list", "watch"] }
    }

    /// The rule that reading kube-proxy's settings needs.
    pub(crate) fn proxy_config() -> Self {
        let resource = GroupResource { group: "", resource: "configmaps" };
        Self { resource, name: proxy::CONFIG_MAP, verbs: &["get"] }
    }

    /// The kind of role that holds such a rule.
    pub(crate) fn role(namespace: &str) -> String {
        if namespace.is_empty() { "a ClusterRole".to_owned() } else { format!("a Role in the namespace {namespace}") }
    }
}

impl fmt::Display for Rule<'_> {
    /// Writes an item of `rules`, in YAML on one line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let GroupResource { group, resource } = self.resource;
        write!(f, "{{apiGroups: [\"{group}\"], resources: [\"{resource}\"], ")?;
        if !self.name.is_empty() {
            write!(f, "resourceNames: [\"{}\"], ", self.name)?;
        }
        write!(f, "verbs: [\"{}\"]}}", self.verbs.join("\", \""))
    }
}

impl<'a> DeniedRequest<'a> {
    /// A request for objects of a watched kind, in a namespace or (if empty) in the whole cluster.
    pub(crate) fn of_kind(kind: Kind, verb: &'a str, namespace: &'a str) -> Self {
        Self { resource: kind.api().group_resource(), verb, namespace, rule: Rule::watched(kind) }
    }

    /// The problem to report when this request is refused, with the rule that would grant the request.
    ///
    /// `message` is the message of the API server's Status. A message that does not have the form of Kubernetes' own authorizers (from
    /// another authorizer, or from a proxy in between) is quoted.
    pub(crate) fn problem(&self, message: &str) -> AccessProblem {
        let Self { resource, verb, namespace, rule } = self;
        let rule = rule.to_string();
        let role_namespace = (!namespace.is_empty()).then(|| (*namespace).to_owned());
        match Refusal::read(message) {
            Some(Refusal { user, verb, resource, namespace }) => AccessProblem::Forbidden(Box::new(wire::Refusal {
                resource: resource.into_owned(),
                verb: verb.to_owned(),
                user: user.to_owned(),
                namespace: namespace.map(str::to_owned),
                rule,
                role_namespace,
            })),
            None => AccessProblem::ForbiddenOtherwise(Box::new(OtherRefusal {
                resource: resource.to_string(),
                verb: (*verb).to_owned(),
                reason: message.to_owned(),
                rule,
                role_namespace,
            })),
        }
    }
}

/// The message of a request that the API server refuses (apiserver `endpoints/handlers/responsewriters/errors.go`): `pods is forbidden:
/// User "u" cannot list resource "pods" in API group "" at the cluster scope: …`.
struct Refusal<'a> {
    user: &'a str,
    verb: &'a str,
    resource: Cow<'a, str>,
    /// The namespace; `None` for the whole cluster.
    namespace: Option<&'a str>,
}

impl<'a> Refusal<'a> {
    fn read(message: &'a str) -> Option<Self> {
        let (_, rest) = message.split_once("User \"")?;
        let (user, rest) = rest.split_once("\" cannot ")?;
        let (verb, rest) = rest.split_once(" resource \"")?;
        let (resource, rest) = rest.split_once("\" in API group \"")?;
        let (group, rest) = rest.split_once("\" ")?;
        let namespace = match rest.strip_prefix("in the namespace \"") {
            Some(rest) => Some(rest.split_once('"')?.0),
            None if rest.starts_with("at the cluster scope") => None,
            None => return None,
        };
        let resource = if group.is_empty() { resource.into() } else { format!("{resource}.{group}").into() };
        Some(Self { user, verb, resource, namespace })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connect::english;

    const GRANT: &str =
        r#"grant it in a ClusterRole: {apiGroups: [""], resources: ["pods"], verbs: ["get", "list", "watch"]}"#;

    #[test]
    fn a_refusal_names_verb_resource_user_and_scope() {
        let pods = DeniedRequest::of_kind(Kind::Pod, "list", "");
        for (message, sentence) in [
            (
                r#"pods is forbidden: User "system:serviceaccount:a:b" cannot list resource "pods" in API group "" at the cluster scope"#,
                "pods: list is forbidden for system:serviceaccount:a:b at the cluster scope; ",
            ),
            (
                r#"endpointslices.discovery.k8s.io is forbidden: User "jo" cannot watch resource "endpointslices" in API group "discovery.k8s.io" in the namespace "shop": RBAC: role "x" not found"#,
                "endpointslices.discovery.k8s.io: watch is forbidden for jo in the namespace shop; ",
            ),
            ("no", "pods: list is forbidden (403 no); "),
            (
                r#"User "x" cannot list resource "pods"#,
                r#"pods: list is forbidden (403 User "x" cannot list resource "pods); "#,
            ),
        ] {
            assert_eq!(english(&pods.problem(message)), format!("{sentence}{GRANT}"));
        }
    }

    #[test]
    fn a_rule_is_yaml_that_a_role_takes() {
        for (rule, yaml) in [
            (
                Rule::watched(Kind::EndpointSlice),
                r#"{apiGroups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: ["get", "list", "watch"]}"#,
            ),
            (
                Rule::proxy_config(),
                r#"{apiGroups: [""], resources: ["configmaps"], resourceNames: ["kube-proxy"], verbs: ["get"]}"#,
            ),
        ] {
            assert_eq!(rule.to_string(), yaml);
        }
        assert_eq!(Rule::role("shop"), "a Role in the namespace shop");
    }
}
