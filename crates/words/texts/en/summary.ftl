### The inspector without a selection: the cluster.

summary-cluster = Cluster
# $services (Number) - Number of Services.
# $pods (Number) - Number of Pods.
# $nodes (Number) - Number of Nodes.
summary-in-view = { $services ->
        [one] { $services } Service
       *[other] { $services } Services
    }, { $pods ->
        [one] { $pods } Pod
       *[other] { $pods } Pods
    } and { $nodes ->
        [one] { $nodes } Node
       *[other] { $nodes } Nodes
    } in view. Select any address to see its path.
# $services (Number) - Number of Services.
# $pods (Number) - Number of Pods.
# $nodes (Number) - Number of Nodes.
summary-nothing-open = { $services ->
        [one] { $services } Service
       *[other] { $services } Services
    }, { $pods ->
        [one] { $pods } Pod
       *[other] { $pods } Pods
    } and { $nodes ->
        [one] { $nodes } Node
       *[other] { $nodes } Nodes
    }. Open a namespace to see its addresses.
summary-ranges = Address ranges
summary-node-ip = Node IP
summary-pod-ip = Pod IP
summary-cluster-ip = Cluster IP
summary-virtual-ip = virtual
summary-node-port = nodePort
summary-kube-proxy = kube-proxy
summary-mode = mode
summary-node-port-on = nodePort on
summary-node-port-everywhere = every address of every Node
summary-node-port-primary = the primary address of every Node
summary-node-port-unknown = not known
summary-rules = rules
summary-rules-not-evaluated = not evaluated: what they decide is UNKNOWN, and shown as in mode iptables
summary-no-cluster-cidr = none: Pods are not told from clients outside
summary-what-is-known = What is known
summary-policies = NetworkPolicies
summary-not-evaluated = not evaluated

## Where a setting of kube-proxy is known from.

setting-assumed-default = assumed default
setting-from-flag = by flag
setting-from-config-map = from its ConfigMap
setting-from-pod = from its Pod's arguments
# $distribution (String) - The distribution of Kubernetes.
setting-from-distribution = default of { $distribution }
