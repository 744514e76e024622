### What is wrong with a Service or a Pod.

# $why (String) - Why no port has an endpoint that gets packets.
problem-refused = REJECT: { $why }
# $why (String) - Why these ports have no endpoint that gets packets.
problem-some-ports-refused = some ports REJECT: { $why }
# $why (String) - Why the name of the headless Service has no address.
problem-no-address = DNS has no address: { $why }
# $on (Number) - Number of Nodes that drop packets.
# $of (Number) - Number of Nodes.
# $nodes (String) - The names of these Nodes.
problem-dropped = DROP on { $on } of { $of } Nodes, no local endpoint: { $nodes }
# $on (Number) - Number of Nodes that drop packets.
# $of (Number) - Number of Nodes.
# $nodes (String) - The names of the first few of these Nodes.
problem-dropped-more = DROP on { $on } of { $of } Nodes, no local endpoint: { $nodes }, …
# $out (Number) - Number of endpoints that are not ready.
# $total (Number) - Number of endpoints.
problem-not-ready = { $out } of { $total } not ready
# $out (Number) - Number of endpoints that are not ready.
# $total (Number) - Number of endpoints.
# $because (String) - Why the first of them is not, in the kubelet's words.
problem-not-ready-because = { $out } of { $total } not ready: { $because }
problem-not-known = unknown: its EndpointSlices cannot be read

## What becomes of packets, in one word.

problem-verdict-not-known = UNKNOWN

## The list of problems.

problems-heading = Problems
# $count (Number) - Number of errors.
problems-errors = { $count ->
        [one] { $count } error
       *[other] { $count } errors
    }
# $count (Number) - Number of warnings.
problems-warnings = { $count ->
        [one] { $count } warning
       *[other] { $count } warnings
    }

# In the top bar, beside the numbers of errors and warnings.
problems-word = problems
problems-none = no problems
# $count (Number) - Number of problems.
# $causes (Number) - Number of their causes.
problems-and-causes = { $count ->
        [one] 1 problem
       *[other] { $count } problems
    }, { $causes ->
        [one] 1 cause
       *[other] { $causes } causes
    }
problems-arranged = Arranged by
problems-by-cause = Cause
problems-by-object = Object
problems-by-node = Node
problems-on-every-node = on every Node
problems-key-open = open
problems-key-choose = choose
problems-key-keep = show
# $on (Number) - Number of Nodes that drop packets.
# $of (Number) - Number of Nodes.
problems-dropped-on = DROP on { $on } of { $of } Nodes
problems-some-ports = REJECT on some ports
# $ready (String) - The numbers of ready endpoints and of all endpoints.
# $because (String) - Why an endpoint is not ready, in the kubelet's words.
problems-ready-because = { $ready }: { $because }

## Causes, as headings of the list.

problems-cause-no-local-endpoint = No endpoint on the Node
problems-cause-not-ready = Endpoints not ready
problems-cause-not-known = EndpointSlices cannot be read
# $why (String) - Why no port has an endpoint that gets packets.
problems-cause-refused = Refused: { $why }
# $why (String) - Why the name of the headless Service has no address.
problems-cause-no-address = No address in DNS: { $why }

## The list of namespaces of a big cluster.

namespaces-heading = Namespaces
# $open (Number) - Number of open namespaces.
# $all (Number) - Number of namespaces.
namespaces-open-of = { $open } of { $all } open
namespaces-namespace = Namespace
namespaces-services = Services
namespaces-pods = Pods
