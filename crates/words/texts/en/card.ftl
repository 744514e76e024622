### On the cards of the picture, and beside its wires.

card-outside = Outside
card-any-client = any client
card-port = port
# $name (String) - The port's name.
card-port-named = port { $name }
card-target-port = targetPort
card-port-not-mapped = port, not mapped
card-dns-gives-pod-ips = DNS gives Pod IPs
card-headless = headless
card-no-cluster-ip = no Cluster IP
card-dns-only = no Cluster IP, DNS only
# The second line of an endpoint without a Pod.
card-outside-unchecked = outside: no Pod, no probe
# The second line of an ExternalName's target.
card-outside-dns = outside: DNS answers with this name
# An endpoint with a Node's own address.
# $node (String) - The Node.
card-node-process = a process on { $node } itself
card-not-declared = not declared
card-no-ip = no IP yet
# An endpoint names a Pod that is not there, or that may not be seen.
card-pod-not-known = not found
card-no-endpoints = no endpoints
# $count (Number) - Number of endpoints.
card-endpoints = { $count ->
        [one] { $count } endpoint
       *[other] { $count } endpoints
    }
# $count (Number) - Number of Pods.
card-pods = { $count ->
        [one] { $count } Pod
       *[other] { $count } Pods
    }
# $ready (Number) - Number of endpoints that are ready.
# $total (Number) - Number of endpoints.
card-ready-of = { $ready }/{ $total } ready
# $usable (Number) - Number of endpoints that are ready and that kube-proxy takes.
# $total (Number) - Number of endpoints.
card-usable-of = { $usable }/{ $total } usable
# $count (Number) - Number of Pods that no Service selects.
card-pods-without-service = { $count ->
        [one] { $count } Pod
       *[other] { $count } Pods
    }: Pods without a Service

## A slice: its name, and who writes it.

# $slice (String) - The EndpointSlice.
card-slice-by-hand = { $slice }, by hand
# $slice (String) - The EndpointSlice.
card-slice-mirrored = { $slice }, mirrored from Endpoints
# $slice (String) - The EndpointSlice.
# $manager (String) - Who writes it.
card-slice-managed-by = { $slice }, by { $manager }

## Nodes.

# $count (Number) - Number of Nodes.
card-any-of-nodes = any of { $count } Nodes
# $count (Number) - Number of Nodes that are not listed; the Node that is asked about is.
card-other-nodes = { $count ->
        [one] { $count } other Node
       *[other] { $count } other Nodes
    }
# $count (Number) - Number of Nodes that are not listed.
card-more-nodes = { $count ->
        [one] { $count } more Node
       *[other] { $count } more Nodes
    }
# $count (Number) - Number of nodePorts of a Node that are not listed.
card-node-ports = { $count ->
        [one] { $count } nodePort
       *[other] { $count } nodePorts
    }
# $count (Number) - Number of hostPorts of a Node that are not listed.
card-host-ports = { $count ->
        [one] { $count } hostPort
       *[other] { $count } hostPorts
    }
# Above what is on no Node, or on one that is not known, in the arrangement by Node.
card-on-no-node = On no known Node
# $shown (Number) - Number of Nodes that are listed.
# $all (Number) - Number of Nodes.
card-showing-nodes = { $shown } of { $all } shown
# $count (Number) - Number of Nodes.
card-nodes = { $count ->
        [one] { $count } Node
       *[other] { $count } Nodes
    }
card-node-ready = Ready
card-node-not-ready = not Ready
card-all-nodes-ready = all Ready
# $count (Number) - Number of Nodes that are not Ready.
card-nodes-not-ready = { $count } not Ready
# Before a Node's Pod CIDR.
card-pod-cidr = Pods
# Behind the name of a namespace.
# $services (Number) - Number of Services.
# $pods (Number) - Number of Pods.
card-namespace-counts = { $services ->
        [one] { $services } Service
       *[other] { $services } Services
    }, { $pods ->
        [one] { $pods } Pod
       *[other] { $pods } Pods
    }

## The readiness of an endpoint or a Pod.

endpoint-ready = ready
endpoint-not-ready = not ready
endpoint-terminating = terminating
# An endpoint without a Pod.
endpoint-ready-unchecked = ready (not checked)

## The card where a path ends: what a client sees of the outcome.

outcome-end-times-out = times out
outcome-end-refused = refused at once
outcome-end-unhandled = nobody translates
outcome-end-ambiguous = two rules match
outcome-end-unknown = cannot be told
outcome-end-delivered = delivered

## Remarks beside what they speak of.

note-host-port = hostPort: straight to the Pod, no Service, no endpoints
note-cname = CNAME, no proxying
# $count (Number) - Number of addresses.
note-mirrored-endpoints = mirrored from Endpoints: { $count ->
        [one] { $count } address
       *[other] { $count } addresses
    }
# $count (Number) - Number of addresses.
note-also-in-endpoints = also in Endpoints: { $count ->
        [one] { $count } address
       *[other] { $count } addresses
    } (evidence only)
note-not-known = not known

## Why a port has no endpoint that gets packets.

dead-no-slice = no slice
dead-empty-slice = slice is empty
dead-headless-label = slice has the label service.kubernetes.io/headless
dead-other-family = slice is of another address family
dead-none-ready = none ready
dead-no-port-matches = no endpoint has this port by name and protocol
