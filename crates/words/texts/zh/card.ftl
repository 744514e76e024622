### On the cards of the picture, and beside its wires.

card-outside = 集群外
card-any-client = 任意客户端
card-port = port
card-port-named = port { $name }
card-target-port = targetPort
card-port-not-mapped = port，不做映射
card-dns-gives-pod-ips = DNS 返回 Pod IP
card-headless = 无头服务
card-no-cluster-ip = 没有 Cluster IP
card-dns-only = 没有 Cluster IP，只有 DNS
# The second line of an endpoint without a Pod.
card-outside-unchecked = 集群外：没有 Pod，也没有探针
# The second line of an ExternalName's target.
card-outside-dns = 集群外：DNS 返回这个域名
# An endpoint with a Node's own address.
card-node-process = { $node } 自身的进程
card-not-declared = 未声明
card-no-ip = 还没有 IP
# An endpoint names a Pod that is not there, or that may not be seen.
card-pod-not-known = 找不到
card-no-endpoints = 没有端点
card-endpoints = { $count } 个端点
card-pods = { $count } 个 Pod
card-ready-of = { $ready }/{ $total } 就绪
card-usable-of = { $usable }/{ $total } 可用
card-pods-without-service = { $count } 个 Pod：不属于任何 Service 的 Pod

## A slice: its name, and who writes it.

card-slice-by-hand = { $slice }，手工维护
card-slice-mirrored = { $slice }，镜像自 Endpoints
card-slice-managed-by = { $slice }，由 { $manager } 维护

## Nodes.

card-any-of-nodes = { $count } 个 Node 中任意一个
card-other-nodes = 其他 { $count } 个 Node
card-more-nodes = 还有 { $count } 个 Node
card-node-ports = { $count } 个 nodePort
card-host-ports = { $count } 个 hostPort
card-on-no-node = 不在任何已知的 Node 上
card-showing-nodes = 列出 { $shown } 个，共 { $all } 个 Node
card-nodes = { $count } 个 Node
card-node-ready = 就绪
card-node-not-ready = 未就绪
card-all-nodes-ready = 全部就绪
card-nodes-not-ready = { $count } 个未就绪
# Before a Node's Pod CIDR.
card-pod-cidr = Pod 网段
# Behind the name of a namespace.
card-namespace-counts = { $services } 个 Service，{ $pods } 个 Pod

## The readiness of an endpoint or a Pod.

endpoint-ready = 就绪
endpoint-not-ready = 未就绪
endpoint-terminating = 正在终止
# An endpoint without a Pod.
endpoint-ready-unchecked = 就绪（未探测）

## The card where a path ends: what a client sees of the outcome.

outcome-end-times-out = 超时无应答
outcome-end-refused = 立即拒绝
outcome-end-unhandled = 未做转换
outcome-end-ambiguous = 两条规则都匹配
outcome-end-unknown = 无法判断
outcome-end-delivered = 已送达

## Remarks beside what they speak of.

note-host-port = hostPort：直达 Pod，不经 Service 和端点
note-cname = CNAME，不做代理
note-mirrored-endpoints = 镜像自 Endpoints：{ $count } 个地址
note-also-in-endpoints = Endpoints 里也有：{ $count } 个地址（仅供对照）
note-not-known = 未知

## Why a port has no endpoint that gets packets.

dead-no-slice = 没有 EndpointSlice
dead-empty-slice = EndpointSlice 为空
dead-headless-label = EndpointSlice 带有标签 service.kubernetes.io/headless
dead-other-family = EndpointSlice 属于另一个地址族
dead-none-ready = 没有一个就绪
dead-no-port-matches = 没有端点的端口名和协议与它一致
