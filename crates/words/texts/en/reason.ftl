### Why an evaluation has its outcome: one sentence each, without a capital letter and a full stop, for more may follow.

## The packet is delivered.

reason-delivered-to-only = delivered to the only usable endpoint
# $count (Number) - Number of usable endpoints, at least two.
reason-delivered-to-one-of = delivered to one of { $count } usable endpoints, at random
reason-sent-to-only = sent to the only usable endpoint
# $count (Number) - Number of usable endpoints, at least two.
reason-sent-to-one-of = sent to one of { $count } usable endpoints, at random
reason-kube-proxy-listener = kube-proxy itself listens on this loopback address and connects to an endpoint
# $pod (String) - The Pod.
# $node (String) - Its Node.
reason-host-port = hostPort of Pod { $pod }: the CNI maps it on { $node } only, whatever its readiness
# $pod (String) - The Pod.
reason-pod-address = the address of Pod { $pod }: nothing is translated
# $pod (String) - The Pod.
reason-pod-port-not-declared = the address of Pod { $pod }, none of whose containers declares this port: it may listen all the same
# $pod (String) - The Pod.
# $node (String) - Its Node.
reason-host-network-pod = Pod { $pod } declares this port in the host network of { $node }: it listens on every address of the Node, and nothing is translated
# $pod (String) - The Pod.
reason-pod-port-declared-by-none = the address of Pod { $pod }, none of whose containers declares this port
# $pod (String) - The Pod.
reason-pod-answers-ping = the address of Pod { $pod }: it answers pings itself

## REJECT.

# $service (String) - The Service.
reason-no-ready-endpoint = Service { $service } has no usable endpoint for this port: kube-proxy refuses the connection
# $service (String) - The Service.
reason-node-port-refused = Service { $service } has no usable endpoint: its nodePort is refused on every local address
# $service (String) - The Service.
reason-no-such-port-refused = the Cluster IP of Service { $service }, and no port of it
reason-loopback-node-port-refused = kube-proxy refuses nodePorts on this loopback address

## DROP.

# $policy (String) - internalTrafficPolicy or externalTrafficPolicy.
reason-no-local-endpoint = { $policy } is Local and the Node has no usable endpoint: kube-proxy drops the packet
# $service (String) - The Service.
reason-node-port-dropped = externalTrafficPolicy of Service { $service } is Local and this Node has no usable endpoint
# $service (String) - The Service.
reason-source-not-in-ranges = the source is in none of the loadBalancerSourceRanges of Service { $service }
reason-unused-cluster-ip-dropped = no Service has this Cluster IP

## UNHANDLED.

reason-no-port = no port: only an address with a port is translated
reason-icmp-not-handled = kube-proxy has no rule for ICMP: whoever owns the address answers
# $service (String) - The Service.
reason-ping-of-cluster-ip = the Cluster IP of Service { $service }: nothing answers a ping of it, and no device owns the address
# $service (String) - The Service.
reason-no-port-at-all = the Cluster IP of Service { $service }: it has no port, and no device owns the address
# $service (String) - The Service.
# $ports (String) - The ports that it has, the first few.
reason-no-such-port = the Cluster IP of Service { $service }: it has no such port (but { $ports }), and no device owns the address
reason-unused-cluster-ip = no Service has this Cluster IP, and no device owns the address
reason-loopback-of-source = a loopback address means the source itself: the packet never leaves it
# $service (String) - The Service.
reason-nothing-refuses-own-traffic = Service { $service } has no usable endpoint, and nothing refuses what the Node itself sends
# $node (String) - The Node.
reason-no-listener-known = no nodePort and no hostPort of { $node } takes this: a process of the host may listen
# $service (String) - The Service.
reason-endpoint-outside-cluster = an endpoint of Service { $service } outside the cluster: no Node and no Pod has this address
reason-address-of-nobody = no Service, Node or Pod has this address: the packet leaves the cluster's knowledge
# $service (String) - The Service.
# $proxy (String) - The value of the label, which can be empty.
reason-service-of-other-proxy = Service { $service } has the label service.kubernetes.io/service-proxy-name={ $proxy }: kube-proxy leaves it to another proxy
# $service (String) - The Service.
# $node (String) - The Node.
# $count (Number) - Number of ready endpoints on the Node, at least one.
reason-health-check-ok = healthCheckNodePort of Service { $service }: kube-proxy of { $node } answers itself, with 200 while an endpoint on this Node is ready, and { $count ->
        [one] one is
       *[other] { $count } are
    }
# $service (String) - The Service.
# $node (String) - The Node.
reason-health-check-failing = healthCheckNodePort of Service { $service }: kube-proxy of { $node } answers itself, with 503 because no endpoint on this Node is ready
# $service (String) - The Service.
# $node (String) - The Node.
reason-health-check = healthCheckNodePort of Service { $service }: kube-proxy of { $node } answers itself, with 200 if an endpoint on this Node is ready, else with 503

## AMBIGUOUS.

reason-several-claims = more than one rule claims this address and port, and nothing in the API tells which wins
# $address (String) - The endpoint's address and port.
# $service (String) - The Service.
reason-duplicate-endpoint = { $address } is listed more than once in the EndpointSlices of Service { $service }, with different conditions, Nodes or hints: which entry kube-proxy uses is not defined

## UNKNOWN: the rules are not evaluated.

# $mode (String) - kube-proxy's mode.
reason-proxy-mode-not-evaluated = kube-proxy runs in mode { $mode }, whose rules kubehop does not evaluate: most of what mode iptables would do holds there as well
reason-kube-proxy-replaced = kube-proxy is replaced, and kubehop does not evaluate the rules of what is in its place: most of what kube-proxy in mode iptables would do holds there as well

## UNKNOWN: facts of the cluster are missing.

reason-services-not-known = no known Service has this address, and not all Services are known
reason-other-services-not-known = Services of other namespaces are not known, and one may claim this address too
reason-endpoint-slices-not-known = the EndpointSlices of its namespace are not known
# $service (String) - The Service.
# $addresses (Number) - How many addresses its Endpoints list, at least one.
reason-endpoint-slices-not-in-files = no EndpointSlice is in the files, but the Endpoints of Service { $service } list { $addresses ->
        [one] { $addresses } address
       *[other] { $addresses } addresses
    }: kube-proxy reads only EndpointSlices, so add them to the files
# $service (String) - The Service.
reason-no-endpoint-slice-in-files = no EndpointSlice is in the files, but Endpoints of other Services list addresses, so those of Service { $service } are not known: add the EndpointSlices to the files
# $service (String) - The Service.
reason-endpoint-slices-not-made = the EndpointSlices of Service { $service } do not exist yet, because no cluster has run these manifests: apply them, then ask the cluster or use its dump
# $service (String) - The Service.
reason-service-not-applied = Service { $service } has no Cluster IP yet, because no cluster has run its manifest: apply it, then ask the cluster or use its dump
reason-nodes-not-known = not all Nodes are known, and this may be a Node's address
reason-pods-not-known = not all Pods are known, and this may be a Pod's address
reason-host-ports-not-known = not all Pods are known, and one may claim this port as its hostPort
reason-service-cidrs-not-known = the ServiceCIDRs are not known, and nftables drops what is in one and belongs to no Service
reason-local-policy-node-not-known = the traffic policy is Local, so each Node decides by itself, and the Node is not known
reason-hints-node-not-known = topology hints choose endpoints by the Node and its zone, and the Node is not known
reason-pod-cidr-node-not-known = Pods are told from others by their Node's Pod CIDR, and the Node is not known
reason-detector-node-not-known = Pods are told from others by the interface of their packets, and the Node of the source is not known
reason-source-address-not-known = the source's address decides by loadBalancerSourceRanges, and is not known
reason-host-port-pod-without-ip = the Pod with this hostPort has no IP of this family yet

## UNKNOWN: the source sends nothing, or is not known.

# $node (String) - The Node.
reason-source-node-not-known = Node { $node } is not known, and not all Nodes are
# $pod (String) - The Pod.
reason-source-pod-not-known = Pod { $pod } is not known, and not all Pods are
# $pod (String) - The Pod.
# $phase (String) - Its phase: Succeeded or Failed.
reason-source-pod-ended = Pod { $pod } has ended ({ $phase }): it sends nothing
# $pod (String) - The Pod.
reason-source-pod-not-scheduled = Pod { $pod } is on no Node yet: it sends nothing

## UNKNOWN: the DNS answer is not known.

reason-dns-policy-none = the Pod's dnsPolicy is None: whom it asks stands in its dnsConfig
# $name (String) - The name as asked.
reason-namespace-of-source-not-known = { $name } is looked up in the namespace of the Pod that asks, and that is not known: say which Pod asks, or write { $name }.NAMESPACE.svc
# $name (String) - The name.
# $domain (String) - The cluster's domain.
reason-name-outside-domain = { $name } is outside the cluster's domain { $domain }: what a resolver out there answers is not known
# $name (String) - The name as asked.
# $target (String) - The name that it stands for.
reason-alias-outside-cluster = { $name } stands for { $target }, which is not in the cluster: its addresses are not known
# $namespace (String) - The namespace.
reason-namespace-not-known = whether there is a namespace { $namespace } is not known
# $service (String) - The Service.
reason-service-not-known = Service { $service } is not known, and not all Services of its namespace are
# $namespace (String) - The namespace.
reason-endpoint-slices-of-name-not-known = the EndpointSlices of namespace { $namespace } are not known
reason-service-of-address-not-known = not all Services are known, and one may have this Cluster IP
reason-endpoint-of-address-not-known = not all EndpointSlices are known, and one may name this address
