### The inspector without a selection: the cluster.

summary-cluster = 集群
summary-in-view = 图中有 { $services } 个 Service、{ $pods } 个 Pod 和 { $nodes } 个 Node。选中任意地址，查看它的路径。
summary-nothing-open = 共 { $services } 个 Service、{ $pods } 个 Pod 和 { $nodes } 个 Node。打开一个命名空间，查看其中的地址。
summary-ranges = 地址范围
summary-node-ip = Node IP
summary-pod-ip = Pod IP
summary-cluster-ip = Cluster IP
summary-virtual-ip = 虚拟
summary-node-port = nodePort
summary-kube-proxy = kube-proxy
summary-mode = 模式
summary-node-port-on = nodePort 开在
summary-node-port-everywhere = 每个 Node 的所有地址
summary-node-port-primary = 每个 Node 的主地址
summary-node-port-unknown = 未知
summary-rules = 规则
summary-rules-not-evaluated = 不评估：由它们决定的结果都是 UNKNOWN，按 iptables 模式显示
summary-no-cluster-cidr = 没有：无法区分 Pod 与集群外的客户端
summary-what-is-known = 已知的信息
summary-policies = NetworkPolicy
summary-not-evaluated = 不参与判断

## Where a setting of kube-proxy is known from.

setting-assumed-default = 假定为默认值
setting-from-flag = 由参数指定
setting-from-config-map = 读自它的 ConfigMap
setting-from-pod = 读自它的 Pod 的参数
setting-from-distribution = { $distribution } 的默认值
