### What happens to a packet.

outcome-short-endpoints = delivered
outcome-short-reject = REJECT: refused at once
outcome-short-drop = DROP: times out
outcome-short-unhandled = not translated
outcome-short-host-port = delivered by hostPort
outcome-short-direct = delivered directly
outcome-short-ambiguous = ambiguous
outcome-short-policy-deny = denied by policy
outcome-short-unknown = unknown
outcome-short-never = connection fails
outcome-short-sometimes = some connections fail
outcome-short-not-routed = only with a route

## The verdict.

# $count (Number) - Number of usable endpoints, at least two.
outcome-delivered-to = Delivered: to one of { $count } usable endpoints, at random
outcome-delivered-to-only = Delivered to the only usable endpoint
outcome-delivered-by-node = Delivered, to endpoints that depend on the Node
outcome-host-port = Delivered straight to the Pod by its hostPort
outcome-direct = Delivered to the Pod, nothing is translated
outcome-direct-sentence = Delivered to the Pod, nothing is translated.
outcome-never = Not delivered: the connection fails
outcome-sometimes = Some of the connections fail
outcome-not-routed = Not reachable from outside, unless a route leads here
outcome-reject = REJECT: refused at once
outcome-reject-detail = Clients see “connection refused”.
outcome-drop = DROP: times out
outcome-drop-detail = Clients wait until they give up.
outcome-unhandled = Not translated: no rule matches
outcome-ambiguous = Cannot be told: more than one rule matches
outcome-policy-deny = Stopped by a NetworkPolicy: times out
outcome-unknown = Unknown: what is known does not decide it
outcome-differs = It depends on the Node
# $count (Number) - Number of destinations, at least two.
outcome-several = { $count } destinations, each decided on its own
# $count (Number) - Number of Pod IPs.
outcome-dns-answers = DNS answers with { $count ->
        [one] { $count } Pod IP
       *[other] { $count } Pod IPs
    }
