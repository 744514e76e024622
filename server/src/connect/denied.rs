//! A 403 in words: which verb on which resource is missing, for whom and where, and what to grant.

use std::borrow::Cow;

/// A request that was refused, as far as the one who made it knows.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked<'a> {
    /// The resource, with its API group if it has one: `pods`, `endpointslices.discovery.k8s.io`.
    pub(crate) resource: &'a str,
    /// The verb.
    pub(crate) verb: &'a str,
    /// The verbs that kubehop needs for what it was doing.
    pub(crate) needs: &'a str,
}

impl Asked<'_> {
    /// A sentence such as `pods: list is forbidden for system:serviceaccount:a:b at the cluster scope; grant get, list, watch`.
    ///
    /// `said` is the message of the API server's Status. If it is not worded as Kubernetes' own authorizers word it (another
    /// authorizer, a proxy in between), it is quoted.
    pub(crate) fn denied(&self, said: &str) -> String {
        let Self { resource, verb, needs } = self;
        match Refusal::read(said) {
            Some(Refusal { user, verb, resource, scope }) => {
                format!("{resource}: {verb} is forbidden for {user} {scope}; grant {needs}")
            }
            None => format!("{resource}: {verb} is forbidden (403 {said}); grant {needs}"),
        }
    }
}

/// What the API server says of a request that it refuses (apiserver `endpoints/handlers/responsewriters/errors.go`):
/// `pods is forbidden: User "u" cannot list resource "pods" in API group "" at the cluster scope: …`.
struct Refusal<'a> {
    user: &'a str,
    verb: &'a str,
    resource: Cow<'a, str>,
    scope: Cow<'a, str>,
}

impl<'a> Refusal<'a> {
    fn read(said: &'a str) -> Option<Self> {
        let (_, rest) = said.split_once("User \"")?;
        let (user, rest) = rest.split_once("\" cannot ")?;
        let (verb, rest) = rest.split_once(" resource \"")?;
        let (resource, rest) = rest.split_once("\" in API group \"")?;
        let (group, rest) = rest.split_once("\" ")?;
        let scope = match rest.strip_prefix("in the namespace \"") {
            Some(rest) => format!("in the namespace {}", rest.split_once('"')?.0).into(),
            None if rest.starts_with("at the cluster scope") => "at the cluster scope".into(),
            None => return None,
        };
        let resource = if group.is_empty() { resource.into() } else { format!("{resource}.{group}").into() };
        Some(Self { user, verb, resource, scope })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEEDS: &str = "get, list, watch";

    #[test]
    fn a_refusal_names_verb_resource_user_and_scope() {
        let pods = Asked { resource: "pods", verb: "list", needs: NEEDS };
        for (said, sentence) in [
            (
                r#"pods is forbidden: User "system:serviceaccount:a:b" cannot list resource "pods" in API group "" at the cluster scope"#,
                "pods: list is forbidden for system:serviceaccount:a:b at the cluster scope; grant get, list, watch",
            ),
            (
                r#"endpointslices.discovery.k8s.io is forbidden: User "jo" cannot watch resource "endpointslices" in API group "discovery.k8s.io" in the namespace "shop": RBAC: role "x" not found"#,
                "endpointslices.discovery.k8s.io: watch is forbidden for jo in the namespace shop; grant get, list, watch",
            ),
            ("no", "pods: list is forbidden (403 no); grant get, list, watch"),
            (
                r#"User "x" cannot list resource "pods"#,
                r#"pods: list is forbidden (403 User "x" cannot list resource "pods); grant get, list, watch"#,
            ),
        ] {
            assert_eq!(pods.denied(said), sentence);
        }
    }
}
