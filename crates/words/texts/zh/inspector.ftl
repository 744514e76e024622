### The inspector with a selection.

inspector-close = 关闭
inspector-on-node = { $node } 上的 { $kind }
inspector-gone = 这里没有这个地址
inspector-gone-detail = 它已经消失，或者不在打开的命名空间里。
inspector-four-ports = 沿途的端口
inspector-four-ports-heading = 四个端口，一条路径
inspector-target-port-sentence = 发往 Service 端口的数据包被送到端点的哪个端口：一个数字，或 containerPort 的名字。
inspector-node-port = nodePort
inspector-host-port = hostPort
inspector-port = port
inspector-target-port = targetPort
inspector-container-port = containerPort
inspector-not-declared = 未声明
inspector-packet = 数据包
inspector-rules-of = { $node } 的规则，{ $mode }
inspector-rules-of-many = { $count } 个 Node 上相同，{ $mode }
inspector-endpoints = 端点
inspector-share = 占比
# In place of a share: the endpoint gets no packets.
inspector-out = 不发送
inspector-out-by-policy = 就绪，但因为 { $policy } 是 Local 而被排除
inspector-out-by-hints = 就绪，但被拓扑提示排除
inspector-out-by-source-ranges = 就绪，但来源不在 loadBalancerSourceRanges 之内，不会选到它
inspector-out-because = { $state }：{ $because }
inspector-address = 地址与 Pod
inspector-node = Node
inspector-in-container = 容器 { $container }
inspector-and-more = 还有 { $count } 个
inspector-by-node = 各个 Node
inspector-outcome = 结果
inspector-endpoint-count = 端点数
inspector-either = 以下之一
inspector-by-iptables = 在 iptables 模式下
inspector-destinations = 目的地址
inspector-destination = 地址
inspector-reached-by = 可以从这些地址到达
inspector-opened-on-node = 开在它上面的端口
inspector-reached-by-none = 没有 Service 或 hostPort 通向这里。
inspector-rules = kube-proxy 规则
# In place of the kind of address, where the destination is not in the picture.
inspector-traced = 追踪
inspector-dns-answer = DNS 应答
inspector-dns-nxdomain = 没有这个名称
inspector-dns-no-address = DNS 没有这个名称的地址
inspector-dns-nodata = 名称存在，但没有这种类型的记录
inspector-dns-detail = Service 的全名是 NAME.NAMESPACE.svc；同一命名空间里的 Pod 只写 NAME 就能找到。
inspector-name-resolves = 名称可以解析
inspector-name-needs-port = 在后面加上端口，写成 NAME:PORT，就能继续追踪数据包。
inspector-would-reach = { $services } 本会通向这里，但在这种状态下不会向它发送任何流量。
inspector-check = 验证
inspector-from-inside = 在集群内执行
inspector-copy = 复制
inspector-copied = 已复制

## What the answer assumes.

assumes-default = kube-proxy 模式 { $mode }：按默认值假定。
assumes-flag = kube-proxy 模式 { $mode }：由参数指定。
assumes-config-map = kube-proxy 模式 { $mode }：读自它的 ConfigMap。
assumes-pod = kube-proxy 模式 { $mode }：读自它的 Pod 的参数。
assumes-distribution = kube-proxy 模式 { $mode }：{ $distribution } 的默认值。
assumes-no-policy = NetworkPolicy 不参与判断。
assumes-only-open = 只看了 { $namespaces }：这里假定其他命名空间的 Service 和 Pod 没有占用同一地址和端口。
assumes-same-elsewhere = 图中只有 { $namespaces }。服务端了解全部命名空间，结论相同。
inspector-differs-elsewhere = 算上全部命名空间，结论不同
