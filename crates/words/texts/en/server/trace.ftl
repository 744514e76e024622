### An answer of `kubehop trace` as text.

## A name.

trace-no-such-name = there is no such name
trace-no-such-record = the name exists, but has no record of this type

## The verdict.

# $reason (String) - Why the client does not get through.
trace-client-refused = { $reason } (the client sees: connection refused)
# $reason (String) - Why the client does not get through.
trace-client-timed-out = { $reason } (the client sees: a time-out)
# $arrival (String) - What is wrong with connections to the endpoints, in a few words.
trace-arrival = ({ $arrival })
# $remark (String) - What may stop a packet all the same, or what the answer rests on.
trace-doubt = but { $remark }
# $nodes (String) - The Nodes.
trace-decided-on = decided on { $nodes }
# $number (Number) - The alternative's number, from 1.
trace-either = either ({ $number })
trace-by-iptables = in mode iptables it would be
# $rules (String) - The names of kube-proxy's chains.
trace-rules = rules { $rules }

## What the packet enters by.

# $entry (String) - The kind of address, and the Service's ports.
trace-entered-by = entered by { $entry }
# $entry (String) - The kind of address.
# $service (String) - The Service.
# $ports (String) - Its ports, with arrows.
trace-entry-of-service = { $entry } of Service { $service }: { $ports }
trace-entry-cluster-ip = the Cluster IP
trace-entry-external-ip = an external IP
trace-entry-load-balancer-ip = a load balancer IP
trace-entry-node-port = a nodePort
trace-entry-host-port = a hostPort
trace-entry-pod-ip = a Pod's own IP
# $port (String) - The number.
trace-node-port = nodePort { $port }
# $port (String) - The number.
trace-port = port { $port }
# $port (String) - The number.
# $name (String) - The port's name.
trace-named-port = port { $port } ({ $name })
# $port (String) - The number or the name.
trace-target-port = targetPort { $port }

## The steps of the packet: where, who acts, what is done.

trace-at-client = client
trace-by-dns = DNS
trace-by-client = client
trace-by-network = network
# $node (String) - The Node.
trace-by-kube-proxy = kube-proxy on { $node }
trace-by-portmap = CNI portmap
trace-by-cni = CNI
# $name (String) - The name as asked.
# $ip (String) - The address.
trace-looked-up = { $name } is { $ip }
# $node (String) - The Node.
trace-sent = sent on { $node }
# $node (String) - The Node.
trace-arrives = arrives at { $node }
trace-refused = reject
trace-dropped = drop
trace-translated = dnat
trace-translated-masquerade = dnat+masquerade
trace-routed = routed, not translated

## Where the packet may end.

# $pod (String) - The Pod.
trace-pod = Pod { $pod }
# $pod (String) - The Pod.
# $node (String) - Its Node.
trace-pod-on = Pod { $pod } on { $node }
trace-no-pod = no Pod
# $node (String) - The Node.
trace-no-pod-on = no Pod on { $node }
# $container (String) - The container.
trace-container = container { $container }
trace-sees-node = sees the Node's address (masqueraded)
trace-sees-client = sees the client's address
trace-reply-misses = the reply misses the Node: the connection fails
trace-does-not-arrive = the packet does not arrive
# $node (String) - A Node whose endpoints are listed above.
trace-same-as = the endpoints are those on { $node }
# $node (String) - A Node whose endpoints are listed above.
trace-same-as-but = the endpoints are those on { $node }, except for:

## Endpoints that get no packets.

trace-unused = out
# $count (Number) - How many more there are.
trace-unused-more = and { $count } more
trace-unused-not-ready = not ready
trace-unused-terminating = terminating
# $state (String) - What it is instead of ready.
# $because (String) - Why, in the kubelet's words.
trace-unused-because = { $state }: { $because }

## What the answer assumes.

# $source (String) - The source as in SRC, and its address.
trace-from = from { $source }
# $source (String) - The source as in SRC, and its address.
# $node (String) - Its Node.
trace-from-on = from { $source } on { $node }
# $mode (String) - iptables, nftables, ipvs or none.
# $origin (String) - Where that is known from.
trace-assumes = NetworkPolicy is not evaluated; assumes kube-proxy in mode { $mode } ({ $origin })
# $assumptions (String) - What is assumed.
# $next (String) - What is assumed besides.
trace-also = { $assumptions }, { $next }
trace-no-cluster-cidr = no cluster-cidr: Pods are not told from other sources
# $setting (String) - The setting, as its flag is called.
# $value (String) - Its value.
# $origin (String) - Where that is known from.
trace-setting = { $setting } `{ $value }` ({ $origin })
trace-by-default = by default
trace-by-flag = by flag
trace-by-config-map = by ConfigMap
trace-by-pod = by its Pod's arguments
# $distribution (String) - The distribution of Kubernetes.
trace-by-distribution = default of { $distribution }

## What is in the files.

# $kind (String) - The kind.
trace-none-of-kind = no { $kind }
# $kinds (String) - The kinds that are missing, each as in `trace-none-of-kind`.
trace-not-in-files = { $kinds } in these files: the answer takes it that there is none
# $kinds (String) - How many of which kinds.
trace-policies-left-out = policies are in these files and are not evaluated, and they may stop a packet: { $kinds }
# $kinds (String) - How many of which kinds.
trace-routes-left-out = routes by name or path are in these files and are not evaluated; ask for the Service or the address that they lead to: { $kinds }
# $kinds (String) - How many of which kinds.
trace-other-versions-left-out = left out objects of a version that kubehop does not read; dump them again from a newer cluster or kubectl: { $kinds }
# $kinds (String) - How many of which kinds.
trace-workloads-left-out = left out objects that make Pods; only the Pods in these files count: { $kinds }
# $kinds (String) - How many of which kinds.
trace-left-out = left out objects that decide no path: { $kinds }
