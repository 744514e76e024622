### 结论的原因之外的补充，形式相同。

remark-external-ip-assumed = 这里假定 Node 的 ExternalIP 是它某个网卡上的地址
remark-selector-matches-no-pod = 没有 Pod 带有它的 selector 的标签 { $selector }
remark-endpoint-is-service-address = { $address } 本身就是 Service { $service } 的地址：kube-proxy 只转换一次，在那里应答的可能是它的过滤规则，也可能没有谁应答
remark-endpoint-refused = { $address } 本身就是 Service { $service } 的地址：kube-proxy 只转换一次，随后拒绝这个数据包
remark-endpoint-dropped = { $address } 本身就是 Service { $service } 的地址：kube-proxy 只转换一次，随后丢弃这个数据包
remark-endpoint-is-unused-cluster-ip = { $address } 是没有 Service 使用的 Cluster IP：那里没有谁应答
remark-endpoint-may-be-service-address = 没有已知的 Pod 或 Node 使用 { $address }，而并非所有 Service 都已知：如果它是某个 Service 的地址，kube-proxy 不会再次转换
remark-loopback-source = 来源使用回环地址：{ $node } 的内核不会让这样的数据包发出去
remark-cluster-ip-not-routed = 前提是有路由把它送到某个 Node：Cluster IP 本身无法从集群外到达
remark-pod-ip-not-routed = 前提是有路由把它送到所在的 Node：Pod IP 本身无法从集群外到达

## 选中的端点为什么到不了。

remark-reply-misses-node = 应答不经过做转换的 Node，所以连接失败
remark-all-replies-miss-node = 所有应答都不经过做转换的 Node，所以每个连接都失败
remark-some-replies-miss-node = { $of } 个端点中有 { $endpoints } 个的应答不经过做转换的 Node，这些连接会失败
remark-headless-port-not-translated = headless Service 不转换端口：数据包保持端口 { $port }，访问 { $service } 的客户端必须用端口 { $endpoint_port }

## 送达之外的疑点。

remark-port-not-declared = Pod { $pod } 没有容器声明端口 { $port }：那里可能没有进程在监听
remark-port-not-declared-by-some = { $of } 个端点中有 { $endpoints } 个的 Pod 没有容器声明端口 { $port }：那里可能没有进程在监听
remark-pod-missing = 这个端点的 Pod { $pod } 不存在：可能没有谁使用它的地址
remark-some-pods-missing = { $of } 个端点中有 { $endpoints } 个的 Pod 不存在，例如 { $pod }：可能没有谁使用它们的地址
remark-hairpin-needs-cni = 这个 Pod 经 Service 访问自己，这需要 CNI 的 hairpin 模式
remark-hairpin-of-one-needs-cni = { $of } 个端点之一就是客户端自己，只有在 CNI 的 hairpin 模式下才能到达
remark-policies-not-evaluated = 存在 { $policies } 个适用于命名空间 { $namespace } 的 NetworkPolicy，这里没有评估：它们可能拦下数据包

## 起决定作用的 kube-proxy 设置。

remark-setting-assumed = { $setting } 假定为 { $value }：如果是 { $other }，结果就是 { $outcome }
remark-setting-not-known = kube-proxy 的 { $setting } 未知，这里当作空值，所以 Pod 被当作集群外的客户端：如果是 { $other }，结果就是 { $outcome }
remark-setting-empty = kube-proxy 的 { $setting } 是空的，所以 Pod 被当作集群外的客户端：如果设为 { $other }，结果就会是 { $outcome }
## 关于答案所依据的文件。

remark-value-refused = { $place }：{ $field }：{ $wrong }；API server 会拒绝
remark-position = { $file }，第 { $document } 个文档，第 { $line } 行，第 { $column } 列
remark-document = { $file }，第 { $document } 个文档
remark-more-values-refused = 这些文件里还有 { $count } 个 API server 会拒绝的值
remark-not-applied = 这些清单还没有应用到集群（{ $what }）：请先应用，再查询集群或使用集群的导出
remark-services-without-cluster-ip = { $count ->
        [one] Service { $services } 没有 Cluster IP
       *[other] { $count } 个 Service 没有 Cluster IP（{ $services }）
    }
remark-workloads-without-pods = { $count } 个工作负载没有 Pod

## API server 会拒绝的值有什么错误。

refused-required = 必须有值
refused-no-ip = `{ $value }` 不是 IP 地址
refused-other-family = `{ $value }` 不是这个 slice 的 addressType 的地址
refused-reserved-ip = `{ $value }` 是回环、链路本地、组播或未指定的地址
refused-no-cidr = `{ $value }` 不是 CIDR，例如 10.244.0.0/16
refused-no-port = `{ $value }` 不是端口：1 到 65535
refused-no-port-name = `{ $value }` 不是端口的名称：最多 15 个 a-z、0-9 或连字符，至少有一个字母
refused-no-name = `{ $value }` 不是名称：只能有 a-z、0-9 和连字符，各段之间用点分隔
refused-no-such-value = `{ $value }` 不是这个字段的值
refused-repeated = `{ $value }` 在列表里有两次
## 下面各句的组成部分。

remark-pod-in-state = { $pod }（{ $state }）
remark-phase-because = { $phase }：{ $why }
remark-and-more = { $listed } 以及另外 { $more } 个
remark-node-port-of = Service { $service } 的 { $number }（端口 { $port }）

## 为什么 Service 的端口没有可用的端点。

remark-pod-has-near-label = Pod { $pod } 的标签是 { $labels }，而不是 { $selector }
remark-pod-in-other-namespace = Pod { $pod } 带有这些标签，但 Service 只选择自己命名空间里的 Pod
remark-pods-have-ended = 带有它的 selector 的标签的 Pod 都已经结束：{ $pods }
remark-pods-have-no-address = 带有它的 selector 的标签的 Pod 都还没有地址：{ $pods }
remark-pods-in-no-slice = 带有它的 selector 的标签的 Pod 已有地址，但没有 EndpointSlice 含有端点：{ $pods }
remark-pods-not-ready = 它的端点的 Pod 都没有就绪：{ $pods }
remark-endpoints-not-ready = 没有端点就绪：{ $endpoints }
remark-no-selector = Service { $service } 没有 selector，所以它的 EndpointSlice 要由创建它的人来写
remark-no-endpoint-slice = 没有 EndpointSlice 的标签 kubernetes.io/service-name 指向 Service { $service }
remark-endpoints-not-read = Service { $service } 的 Endpoints 里有 { $addresses } 个地址，但 kube-proxy 只读取 EndpointSlice，而这里没有这个 Service 的 EndpointSlice
remark-slice-has-headless-label = EndpointSlice { $slice } 带有标签 service.kubernetes.io/headless，所以 kube-proxy 不读取它
remark-slice-of-other-family = EndpointSlice { $slice } 的 addressType 是 { $family }，所以没有 { $asked } 的端点
remark-slice-lacks-port = Service 的端口名是 { $wanted }，而 EndpointSlice { $slice } 只有 { $ports }
remark-slice-has-no-port = Service 的端口名是 { $wanted }，而 EndpointSlice { $slice } 没有端口
remark-target-port-in-no-container = Pod { $pod } 没有容器声明名为 { $wanted } 的端口，而这就是它的 targetPort
remark-target-port-in-init-container = 在 Pod { $pod } 里，只有 init 容器 { $container } 声明了名为 { $wanted } 的端口，而 targetPort 从不指向会结束的 init 容器的端口
remark-existing-udp-flows = 这只对新的流成立：conntrack 可能让已有的 UDP 流继续发往原来的端点

## 送达时的补充。

remark-client-ip-affinity = Service { $service } 的 sessionAffinity 是 ClientIP，所以同一个客户端会一直使用第一次连接时的端点
remark-target-port-not-read = kube-proxy 不读取 targetPort（{ $target }）：EndpointSlice 里是 { $port }
remark-hints-ignored = 端点 { $endpoint } 没有 hint，所以 kube-proxy 忽略其他端点的所有 hint
remark-hints-for-other-nodes = 没有端点的 hint 指向这个 Node 或它的可用区，所以 kube-proxy 忽略 hint
remark-further-addresses-not-used = EndpointSlice { $slice } 的端点 { $ip } 还有 { $count } 个地址，kube-proxy 不使用它们

## 也许要问的是什么。

remark-port-is-target-port = { $asked } 是它的端口 { $port } 的 targetPort，应当访问端口 { $port }
remark-port-is-node-port = { $asked } 是它的端口 { $port } 的 nodePort，而 nodePort 只在 Node 上开放
remark-port-of-other-protocol = 它的端口 { $asked } 是 { $protocol }
remark-node-port-of-port = Service { $service } 的端口 { $port } 在 Node 上以 nodePort { $number } 开放
remark-node-port-of-target-port = { $asked } 是 Service { $service } 的端口 { $port } 的 targetPort，它在 Node 上以 nodePort { $number } 开放
remark-nearest-node-ports = 没有 Service 使用 nodePort { $asked }，最接近的是：{ $ports }
remark-node-port-of-other-protocol = Service { $service } 的 nodePort { $asked } 是 { $protocol }
remark-node-port-not-on-loopback-nftables = Service { $service } 有这个 nodePort，但 nftables 不在回环地址上提供 nodePort
remark-node-port-not-on-loopback-iptables = Service { $service } 有这个 nodePort，但 iptables 只在 IPv4 回环地址上提供 nodePort，而且需要 localhostNodePorts
remark-node-port-not-on-address = Service { $service } 有这个 nodePort，但 nodePortAddresses 不包含 Node 的这个地址
remark-node-port-of-other-family = Service { $service } 有这个 nodePort，但没有 { $asked } 的 Cluster IP
remark-node-port-of-other-proxy = Service { $service } 有这个 nodePort，也带有标签 service.kubernetes.io/service-proxy-name={ $proxy }：kube-proxy 把它留给另一个代理处理
remark-no-node-port-allocated = Service { $service } 有端口 { $port }，但没有 nodePort，因为它的 allocateLoadBalancerNodePorts 是 false
remark-host-port-on-other-node = Pod { $pod } 有这个 hostPort，但只在 { $node } 上

## 为什么一个名称没有地址。

remark-nodes-resolver-host-network = Pod { $pod } 使用主机网络，dnsPolicy 是 ClusterFirst，所以它查询 Node 的解析器，而那里没有集群的名称；ClusterFirstWithHostNet 才会查询集群的 DNS
remark-nodes-resolver-host-network-exists = Pod { $pod } 使用主机网络，dnsPolicy 是 ClusterFirst，所以它查询 Node 的解析器，而那里没有集群的名称；集群的 DNS 有这个名称，ClusterFirstWithHostNet 才会查询它
remark-nodes-resolver = Pod { $pod } 的 dnsPolicy 是 Default，所以它查询 Node 的解析器，而那里没有集群的名称
remark-nodes-resolver-exists = Pod { $pod } 的 dnsPolicy 是 Default，所以它查询 Node 的解析器，而那里没有集群的名称；集群的 DNS 有这个名称
remark-external-name-is-address = Service { $service } 的 externalName 是一个 IP 地址 { $target }，而 DNS 把它当作名称；要指向一个地址，请使用没有 selector、带有 EndpointSlice 的 Service
remark-headless-without-endpoint = headless Service { $service } 存在，但没有就绪的端点，所以 DNS 没有它的地址
remark-service-in-other-namespace = 另一个命名空间里有同名的 Service：{ $services }
remark-pod-has-subdomain = Pod { $pod } 有另一个名称：{ $name }
