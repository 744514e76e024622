### What is said of a verdict besides its reason: in the same form.

remark-external-ip-assumed = the Node's ExternalIP is assumed to be an address of one of its interfaces
# $selector (String) - The selector's labels.
remark-selector-matches-no-pod = no Pod has the labels of its selector, { $selector }
# $address (String) - The endpoint's address and port.
# $service (String) - The Service that claims them.
remark-endpoint-is-service-address = { $address } is itself an address of Service { $service }: kube-proxy translates only once, so its filters or nobody may answer there
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
