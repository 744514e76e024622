### What is said of a verdict besides its reason: in the same form.

remark-external-ip-assumed = the Node's ExternalIP is assumed to be an address of one of its interfaces
# $selector (String) - The selector's labels.
remark-selector-matches-no-pod = no Pod has the labels of its selector, { $selector }
# $address (String) - The endpoint's address and port.
# $service (String) - The Service that claims them.
remark-endpoint-is-service-address = { $address } is itself an address of Service { $service }: kube-proxy translates only once, so its filters or nobody may answer there
# $address (String) - The endpoint's address and port.
# $service (String) - The Service that has the address too.
remark-endpoint-refused = { $address } is itself an address of Service { $service }: kube-proxy translates only once, and then refuses the packet
# $address (String) - The endpoint's address and port.
# $service (String) - The Service that has the address too.
remark-endpoint-dropped = { $address } is itself an address of Service { $service }: kube-proxy translates only once, and then drops the packet
# $address (String) - The endpoint's address and port.
remark-endpoint-is-unused-cluster-ip = { $address } is a Cluster IP that no Service has: nobody answers there
# $address (String) - The endpoint's address and port.
remark-endpoint-may-be-service-address = { $address } is of no known Pod or Node, and not all Services are known: if one has it, kube-proxy does not translate again
# $node (String) - The Node.
remark-loopback-source = the source has a loopback address: the kernel of { $node } lets no such packet out
remark-cluster-ip-not-routed = if anything routes it to a Node: a Cluster IP is not reachable from outside by itself
remark-pod-ip-not-routed = if anything routes it to the Node: a Pod IP is not reachable from outside by itself

## Why a chosen endpoint is not reached.

remark-reply-misses-node = the reply does not pass the Node that has translated the packet, so the connection fails
remark-all-replies-miss-node = no reply passes the Node that has translated the packet, so every connection fails
# $endpoints (Number) - Number of endpoints whose replies miss the Node.
# $of (Number) - Number of all endpoints.
remark-some-replies-miss-node = replies of { $endpoints } of the { $of } endpoints do not pass the Node that has translated the packet, so those connections fail
# $service (String) - The Service.
# $port (String) - Its port.
# $endpoint_port (String) - The port of its endpoints.
remark-headless-port-not-translated = a headless Service translates no port: the packet keeps port { $port }, and clients of { $service } must use port { $endpoint_port }

## Doubts about a packet that is delivered.

# $pod (String) - The Pod.
# $port (String) - The port.
remark-port-not-declared = no container of Pod { $pod } declares port { $port }: perhaps nothing listens there
# $endpoints (Number) - Number of endpoints whose Pod does not declare the port.
# $of (Number) - Number of all endpoints.
# $port (String) - The port.
remark-port-not-declared-by-some = in the Pods of { $endpoints } of the { $of } endpoints no container declares port { $port }: perhaps nothing listens there
# $pod (String) - The Pod.
remark-pod-missing = the Pod of this endpoint, { $pod }, does not exist: perhaps nothing has its address
# $endpoints (Number) - Number of endpoints whose Pod does not exist.
# $of (Number) - Number of all endpoints.
# $pod (String) - The first of their Pods.
remark-some-pods-missing = the Pods of { $endpoints } of the { $of } endpoints do not exist, { $pod } for one: perhaps nothing has their addresses
remark-hairpin-needs-cni = the Pod reaches itself by its Service, which needs the CNI's hairpin mode
# $of (Number) - Number of all endpoints.
remark-hairpin-of-one-needs-cni = one of the { $of } endpoints is the client itself, which it reaches only in the CNI's hairpin mode
# $policies (Number) - Number of NetworkPolicies.
# $namespace (String) - The namespace of the Pods.
remark-policies-not-evaluated = { $policies ->
        [one] a NetworkPolicy for Pods of namespace { $namespace } exists and is not evaluated: it may stop the packet
       *[other] { $policies } NetworkPolicies for Pods of namespace { $namespace } exist and are not evaluated: they may stop the packet
    }

## A setting of kube-proxy that decides.

# $setting (String) - The setting, as its flag is called.
# $value (String) - Its value.
# $other (String) - Another value.
# $outcome (String) - The outcome with that value.
remark-setting-assumed = { $setting } is assumed to be { $value }: with { $other } the outcome is { $outcome }
# $setting (String) - The setting.
# $other (String) - A value that it may have.
# $outcome (String) - The outcome with that value.
remark-setting-not-known = { $setting } of kube-proxy is not known and taken to be empty, so Pods count as clients outside: with { $other } the outcome is { $outcome }
# $setting (String) - The setting.
# $other (String) - A value that it may have.
# $outcome (String) - The outcome with that value.
remark-setting-empty = { $setting } of kube-proxy is empty, so Pods count as clients outside: with { $other } the outcome would be { $outcome }
## What is said of the files that the answer is made of.

# $place (String) - The position in the file.
# $field (String) - The path of the field.
# $wrong (String) - What is wrong with its value.
remark-value-refused = { $place }: { $field }: { $wrong }; the API server refuses this
# $file (String) - The file.
# $document (Number) - The number of the document, from 1.
# $line (Number) - The line, from 1.
# $column (Number) - The column, from 1.
remark-position = { $file }, document { $document }, line { $line }, column { $column }
# $file (String) - The file.
# $document (Number) - The number of the document, from 1.
remark-document = { $file }, document { $document }
# $count (Number) - How many more there are, at least one.
remark-more-values-refused = { $count ->
        [one] { $count } more value that the API server refuses is
       *[other] { $count } more values that the API server refuses are
    } in these files
# $what (String) - What shows it.
remark-not-applied = no cluster has run these manifests ({ $what }): apply them, then ask the cluster or use its dump
# $services (String) - The Services, or the first few.
# $count (Number) - Number of Services, at least one.
remark-services-without-cluster-ip = { $count ->
        [one] Service { $services } has no Cluster IP
       *[other] { $count } Services have no Cluster IP: { $services }
    }
# $count (Number) - Number of Deployments and other workloads, at least one.
remark-workloads-without-pods = { $count ->
        [one] { $count } workload has
       *[other] { $count } workloads have
    } no Pods

## What is wrong with a value that the API server refuses.

refused-required = a value is required
# $value (String) - The value.
refused-no-ip = `{ $value }` is not an IP address
# $value (String) - The value.
refused-other-family = `{ $value }` is not an address of the slice's addressType
# $value (String) - The value.
refused-reserved-ip = `{ $value }` is a loopback, link-local, multicast or unspecified address
# $value (String) - The value.
refused-no-cidr = `{ $value }` is not a CIDR, as in 10.244.0.0/16
# $value (String) - The value.
refused-no-port = `{ $value }` is not a port: 1 to 65535
# $value (String) - The value.
refused-no-port-name = `{ $value }` is not the name of a port: at most 15 of a-z, 0-9 and hyphens, with at least one letter
# $value (String) - The value.
refused-no-name = `{ $value }` is not a name: only a-z, 0-9 and hyphens, between dots
# $value (String) - The value.
refused-no-such-value = `{ $value }` is no value of this field
# $value (String) - The value.
refused-repeated = `{ $value }` is in the list twice
## Parts of the sentences below.

# $pod (String) - The Pod.
# $state (String) - Its state in Kubernetes' words.
remark-pod-in-state = { $pod } ({ $state })
# $phase (String) - The Pod's phase.
# $why (String) - Why it is not ready, in Kubernetes' words.
remark-phase-because = { $phase }: { $why }
# $listed (String) - The first of them.
# $more (Number) - Number of the others.
remark-and-more = { $listed } and { $more } more
# $number (String) - The nodePort.
# $service (String) - Its Service.
# $port (String) - The Service's port.
remark-node-port-of = { $number } of Service { $service } (port { $port })

## Why a Service port has no usable endpoint.

# $pod (String) - The Pod.
# $selector (String) - The label that the selector has.
# $labels (String) - The label that the Pod has.
remark-pod-has-near-label = Pod { $pod } has { $labels } in place of { $selector }
# $pod (String) - The Pod.
remark-pod-in-other-namespace = Pod { $pod } has them, but a Service selects only Pods of its own namespace
# $pods (String) - The first Pod with its state, and how many more there are.
remark-pods-have-ended = every Pod with the labels of its selector has ended: { $pods }
# $pods (String) - The first Pod with its state, and how many more there are.
remark-pods-have-no-address = no Pod with the labels of its selector has an address: { $pods }
# $pods (String) - The first Pod, and how many more there are.
remark-pods-in-no-slice = no EndpointSlice has an endpoint, although Pods with the labels of its selector have an address: { $pods }
# $pods (String) - The first Pod with its state, and how many more there are.
remark-pods-not-ready = no Pod of its endpoints is ready: { $pods }
# $endpoints (String) - The first endpoint, and how many more there are.
remark-endpoints-not-ready = no endpoint is ready: { $endpoints }
# $service (String) - The Service.
remark-no-selector = Service { $service } has no selector, so whoever made it must write its EndpointSlices
# $service (String) - The Service.
remark-no-endpoint-slice = no EndpointSlice names Service { $service } in its label kubernetes.io/service-name
# $service (String) - The Service.
# $addresses (Number) - Number of addresses in Endpoints.
remark-endpoints-not-read = the Endpoints of Service { $service } have { $addresses ->
        [one] an address
       *[other] { $addresses } addresses
    }, but kube-proxy reads EndpointSlices only, and none of this Service is there
# $slice (String) - The EndpointSlice.
remark-slice-has-headless-label = EndpointSlice { $slice } has the label service.kubernetes.io/headless, so kube-proxy does not read it
# $slice (String) - The EndpointSlice.
# $family (String) - Its addressType.
# $asked (String) - The address family that is asked.
remark-slice-of-other-family = EndpointSlice { $slice } has addressType { $family }, so it has no endpoint for { $asked }
# $slice (String) - The EndpointSlice.
# $wanted (String) - The name of the Service's port, in quotes.
# $ports (String) - The names of the slice's ports, in quotes.
remark-slice-lacks-port = the Service's port is named { $wanted }, and EndpointSlice { $slice } has only { $ports }
# $slice (String) - The EndpointSlice.
# $wanted (String) - The name of the Service's port, in quotes.
remark-slice-has-no-port = the Service's port is named { $wanted }, and EndpointSlice { $slice } has no ports
# $pod (String) - The Pod.
# $wanted (String) - The targetPort, in quotes.
remark-target-port-in-no-container = no container of Pod { $pod } has a port named { $wanted }, its targetPort
# $pod (String) - The Pod.
# $container (String) - The init container.
# $wanted (String) - The targetPort, in quotes.
remark-target-port-in-init-container = only the init container { $container } of Pod { $pod } has a port named { $wanted }, and a targetPort never means a port of an init container that ends
remark-existing-udp-flows = this holds for new flows: conntrack may keep an existing UDP flow at its old endpoint

## What holds of a delivery.

# $service (String) - The Service.
remark-client-ip-affinity = sessionAffinity of Service { $service } is ClientIP, so a client keeps the endpoint of its first connection
# $target (String) - The Service's targetPort.
# $port (String) - The port of the EndpointSlice.
remark-target-port-not-read = kube-proxy does not read the targetPort, { $target }: the EndpointSlice has { $port }
# $endpoint (String) - The endpoint.
remark-hints-ignored = endpoint { $endpoint } has no hint, so kube-proxy ignores the hints of all others
remark-hints-for-other-nodes = no endpoint has a hint for this Node or its zone, so kube-proxy ignores the hints
# $ip (String) - The address that is used.
# $slice (String) - The EndpointSlice.
# $count (Number) - Number of the others.
remark-further-addresses-not-used = endpoint { $ip } of EndpointSlice { $slice } has { $count ->
        [one] another address, which kube-proxy does not use
       *[other] { $count } other addresses, which kube-proxy does not use
    }

## What was probably meant.

# $asked (String) - The port that is asked.
# $port (String) - The Service's port.
remark-port-is-target-port = { $asked } is the targetPort of its port { $port }, which is to be asked
# $asked (String) - The port that is asked.
# $port (String) - The Service's port.
remark-port-is-node-port = { $asked } is the nodePort of its port { $port }, and a nodePort is open on Nodes only
# $asked (String) - The port that is asked.
# $protocol (String) - The protocol of the Service's port.
remark-port-of-other-protocol = its port { $asked } is { $protocol }
# $service (String) - The Service.
# $port (String) - The Service's port.
# $number (String) - The nodePort.
remark-node-port-of-port = port { $port } of Service { $service } is open on Nodes as nodePort { $number }
# $service (String) - The Service.
# $asked (String) - The port that is asked.
# $port (String) - The Service's port.
# $number (String) - The nodePort.
remark-node-port-of-target-port = { $asked } is the targetPort of port { $port } of Service { $service }, which is open on Nodes as nodePort { $number }
# $asked (String) - The port that is asked.
# $ports (String) - The nearest nodePorts.
remark-nearest-node-ports = no Service has nodePort { $asked }; the nearest: { $ports }
# $service (String) - The Service.
# $asked (String) - The port that is asked.
# $protocol (String) - The protocol of the Service's port.
remark-node-port-of-other-protocol = nodePort { $asked } of Service { $service } is { $protocol }
# $service (String) - The Service.
remark-node-port-not-on-loopback-nftables = Service { $service } has this nodePort, but nftables does not serve nodePorts on loopback
# $service (String) - The Service.
remark-node-port-not-on-loopback-iptables = Service { $service } has this nodePort, but iptables serves nodePorts on loopback only for IPv4, and only with localhostNodePorts
# $service (String) - The Service.
remark-node-port-not-on-address = Service { $service } has this nodePort, but nodePortAddresses do not have this address of the Node
# $service (String) - The Service.
# $asked (String) - The address family that is asked.
remark-node-port-of-other-family = Service { $service } has this nodePort, but no Cluster IP of { $asked }
# $service (String) - The Service.
# $proxy (String) - The value of the label, which can be empty.
remark-node-port-of-other-proxy = Service { $service } has this nodePort and the label service.kubernetes.io/service-proxy-name={ $proxy }: kube-proxy leaves it to another proxy
# $service (String) - The Service.
# $port (String) - The Service's port.
remark-no-node-port-allocated = Service { $service } has port { $port } and no nodePort, because its allocateLoadBalancerNodePorts is false
# $pod (String) - The Pod.
# $node (String) - Its Node.
remark-host-port-on-other-node = Pod { $pod } has this hostPort, on { $node } only

## Why a name has no address.

# $pod (String) - The Pod.
remark-nodes-resolver-host-network = Pod { $pod } is in the host network with dnsPolicy ClusterFirst, so it asks the Node's resolver, which does not know the cluster's names; ClusterFirstWithHostNet asks the cluster's DNS
# $pod (String) - The Pod.
remark-nodes-resolver-host-network-exists = Pod { $pod } is in the host network with dnsPolicy ClusterFirst, so it asks the Node's resolver, which does not know the cluster's names; the cluster's DNS has this name, and ClusterFirstWithHostNet asks it
# $pod (String) - The Pod.
remark-nodes-resolver = dnsPolicy of Pod { $pod } is Default, so it asks the Node's resolver, which does not know the cluster's names
# $pod (String) - The Pod.
remark-nodes-resolver-exists = dnsPolicy of Pod { $pod } is Default, so it asks the Node's resolver, which does not know the cluster's names; the cluster's DNS has this name
# $service (String) - The Service.
# $target (String) - Its externalName.
remark-external-name-is-address = externalName of Service { $service } is an IP address, { $target }, and DNS takes it for a name; a Service without a selector and with an EndpointSlice leads to an address
# $service (String) - The Service.
remark-headless-without-endpoint = the headless Service { $service } exists and has no ready endpoint, so DNS has no address for it
# $services (String) - The Services.
remark-service-in-other-namespace = another namespace has a Service of this name: { $services }
# $pod (String) - The Pod.
# $name (String) - Its name in DNS.
remark-pod-has-subdomain = Pod { $pod } has another name: { $name }
