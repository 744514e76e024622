### What is said of a verdict besides its reason: in the same form.

remark-external-ip-assumed = the Node's ExternalIP is assumed to be an address of one of its interfaces
# $selector (String) - The selector's labels.
remark-selector-matches-no-pod = no Pod has the labels of its selector, { $selector }
# $address (String) - The endpoint's address and port.
# $service (String) - The Service that claims them.
remark-endpoint-is-service-address = { $address } is itself an address of Service { $service }: kube-proxy translates only once, so its filters or nobody may answer there
remark-cluster-ip-not-routed = if anything routes it to a Node: a Cluster IP is not reachable from outside by itself
remark-pod-ip-not-routed = if anything routes it to the Node: a Pod IP is not reachable from outside by itself
