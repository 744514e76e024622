### The inspector with a selection.

inspector-close = Close
# $kind (String) - The kind of address.
# $node (String) - The Node.
inspector-on-node = { $kind } on { $node }
inspector-gone = Nothing here has this address
inspector-gone-detail = It is gone, or not in the open namespaces.
inspector-four-ports = Ports on the way
inspector-four-ports-heading = Four ports, one path
inspector-target-port-sentence = The port of the endpoint that a packet to the Service port is sent to: a number, or the name of a containerPort.
inspector-node-port = nodePort
inspector-host-port = hostPort
inspector-port = port
inspector-target-port = targetPort
inspector-container-port = containerPort
inspector-not-declared = not declared
inspector-packet = Packet
# $node (String) - The Node.
# $mode (String) - kube-proxy's mode.
inspector-rules-of = rules of { $node }, { $mode }
# $count (Number) - Number of Nodes.
# $mode (String) - kube-proxy's mode.
inspector-rules-of-many = the same on { $count ->
        [one] { $count } Node
       *[other] { $count } Nodes
    }, { $mode }
inspector-endpoints = Endpoints
inspector-share = Share
# In place of a share: the endpoint gets no packets.
inspector-out = out
# $policy (String) - internalTrafficPolicy or externalTrafficPolicy.
inspector-out-by-policy = ready, left out because { $policy } is Local
inspector-out-by-hints = ready, left out by topology hints
inspector-out-by-source-ranges = ready, not asked because loadBalancerSourceRanges do not have the source
# $state (String) - The readiness of the endpoint.
# $because (String) - Why, in the kubelet's words.
inspector-out-because = { $state }: { $because }
inspector-address = Address and Pod
inspector-node = Node
# $container (String) - The container.
inspector-in-container = container { $container }
# $count (Number) - Number of rows that are not shown.
inspector-and-more = and { $count } more
inspector-by-node = By Node
inspector-outcome = What happens
inspector-endpoint-count = Endpoints
inspector-either = Either of these
inspector-by-iptables = In mode iptables
inspector-destinations = Destinations
inspector-destination = Address
inspector-reached-by = Reached by
inspector-opened-on-node = Opened on it
inspector-reached-by-none = No Service and no hostPort leads here.
inspector-rules = kube-proxy rules
# In place of the kind of address, where the destination is not in the picture.
inspector-traced = Traced
inspector-dns-answer = DNS answers
inspector-dns-nxdomain = There is no such name
inspector-dns-no-address = DNS has no address for this name
inspector-dns-nodata = The name exists, but has no record of this type
inspector-dns-detail = A Service is NAME.NAMESPACE.svc; a Pod finds those of its own namespace by NAME alone.
inspector-name-resolves = The name resolves
inspector-name-needs-port = With a port behind it, as in NAME:PORT, the packet is followed further.
# $services (String) - The Services whose endpoint it would be, if it were ready.
inspector-would-reach = { $services } would lead here, but sends it nothing while it is like this.
inspector-check = Check it
inspector-from-inside = from inside the cluster
inspector-copy = Copy
inspector-copied = Copied

## What the answer assumes.

# $mode (String) - kube-proxy's mode.
assumes-default = kube-proxy mode { $mode }: assumed default.
# $mode (String) - kube-proxy's mode.
assumes-flag = kube-proxy mode { $mode }: given by a flag.
# $mode (String) - kube-proxy's mode.
assumes-config-map = kube-proxy mode { $mode }: from its ConfigMap.
# $mode (String) - iptables or nftables.
assumes-pod = kube-proxy mode { $mode }: from its Pod's arguments.
# $mode (String) - iptables or nftables.
# $distribution (String) - The distribution of Kubernetes.
assumes-distribution = kube-proxy mode { $mode }: default of { $distribution }.
assumes-no-policy = NetworkPolicy is not evaluated.
# $namespaces (String) - The open namespaces.
assumes-only-open = Only { $namespaces } is looked at: this assumes that no Service or Pod elsewhere claims the same address and port.
# $namespaces (String) - The open namespaces.
assumes-same-elsewhere = Only { $namespaces } is drawn. The server knows all namespaces, and says the same.
inspector-differs-elsewhere = With all namespaces the answer is another
