### 每个结论的原因：一句话，句末没有句号，后面可能还有补充。

## 送达。

reason-delivered-to-only = 送达唯一可用的端点
reason-delivered-to-one-of = 在 { $count } 个可用端点中随机选 1 个送达
reason-sent-to-only = 发往唯一可用的端点
reason-sent-to-one-of = 在 { $count } 个可用端点中随机选 1 个发往
reason-kube-proxy-listener = kube-proxy 自己监听这个回环地址，并连接其中一个端点
reason-host-port = Pod { $pod } 的 hostPort：CNI 只在 { $node } 上做映射，与就绪状态无关
reason-pod-address = Pod { $pod } 自己的地址：不做任何转换
reason-pod-port-not-declared = Pod { $pod } 自己的地址，没有容器声明这个端口，但仍可能有进程在监听
reason-host-network-pod = Pod { $pod } 在 { $node } 的主机网络里声明了这个端口：它在这个 Node 的每个地址上监听，不做任何转换
reason-pod-port-declared-by-none = Pod { $pod } 自己的地址，没有容器声明这个端口
reason-pod-answers-ping = Pod { $pod } 自己的地址：由它自己应答 ping

## REJECT。

reason-no-ready-endpoint = Service { $service } 的这个端口没有可用的端点：kube-proxy 拒绝连接
reason-node-port-refused = Service { $service } 没有可用的端点：它的 nodePort 在每个本机地址上都被拒绝
reason-no-such-port-refused = Service { $service } 的 Cluster IP，但它没有这个端口
reason-loopback-node-port-refused = kube-proxy 在这个回环地址上拒绝 nodePort

## DROP。

reason-no-local-endpoint = { $policy } 是 Local，而这个 Node 上没有可用的端点：kube-proxy 丢弃数据包
reason-node-port-dropped = Service { $service } 的 externalTrafficPolicy 是 Local，而这个 Node 上没有可用的端点
reason-source-not-in-ranges = 来源不在 Service { $service } 的 loadBalancerSourceRanges 之内
reason-unused-cluster-ip-dropped = 没有 Service 使用这个 Cluster IP

## UNHANDLED。

reason-no-port = 没有端口：只有带端口的地址才会被转换
reason-icmp-not-handled = kube-proxy 没有针对 ICMP 的规则：谁拥有这个地址，就由谁应答
reason-ping-of-cluster-ip = Service { $service } 的 Cluster IP：没有谁应答对它的 ping，也没有设备拥有这个地址
reason-no-port-at-all = Service { $service } 的 Cluster IP：它没有任何端口，也没有设备拥有这个地址
reason-no-such-port = Service { $service } 的 Cluster IP：它没有这个端口（只有 { $ports }），也没有设备拥有这个地址
reason-unused-cluster-ip = 没有 Service 使用这个 Cluster IP，也没有设备拥有这个地址
reason-loopback-of-source = 回环地址指的是来源自己：数据包不会离开它
reason-nothing-refuses-own-traffic = Service { $service } 没有可用的端点，而 Node 自己发出的数据包没有规则来拒绝
reason-no-listener-known = { $node } 上没有 nodePort 或 hostPort 接收它：主机上可能有进程在监听
reason-endpoint-outside-cluster = Service { $service } 的一个端点，在集群之外：没有 Node 或 Pod 使用这个地址
reason-address-of-nobody = 没有 Service、Node 或 Pod 使用这个地址：数据包的去向超出了集群的信息
reason-service-of-other-proxy = Service { $service } 带有标签 service.kubernetes.io/service-proxy-name={ $proxy }：kube-proxy 把它留给另一个代理处理
reason-health-check-ok = Service { $service } 的 healthCheckNodePort：由 { $node } 上的 kube-proxy 自己应答，这个 Node 上有 { $count } 个端点就绪，所以返回 200
reason-health-check-failing = Service { $service } 的 healthCheckNodePort：由 { $node } 上的 kube-proxy 自己应答，这个 Node 上没有端点就绪，所以返回 503
reason-health-check = Service { $service } 的 healthCheckNodePort：由 { $node } 上的 kube-proxy 自己应答，这个 Node 上有端点就绪时返回 200，否则返回 503

## AMBIGUOUS。

reason-several-claims = 匹配这个地址和端口的规则不止一条，API 里看不出哪一条生效
reason-duplicate-endpoint = { $address } 在 Service { $service } 的 EndpointSlice 中出现不止一次，状态、Node 或 hint 不同：kube-proxy 采用哪一个没有定义

## UNKNOWN：不评估这种模式的规则。

reason-proxy-mode-not-evaluated = kube-proxy 以 { $mode } 模式运行，kubehop 不评估这种模式的规则：iptables 模式下的结果大多也适用
reason-kube-proxy-replaced = kube-proxy 已被替代，kubehop 不评估替代者的规则：kube-proxy 在 iptables 模式下的结果大多也适用

## UNKNOWN：缺少集群的信息。

reason-services-not-known = 已知的 Service 都没有使用这个地址，但并非所有 Service 都已知
reason-other-services-not-known = 其他命名空间的 Service 未知，可能也有 Service 使用这个地址
reason-endpoint-slices-not-known = 它所在命名空间的 EndpointSlice 未知
reason-endpoint-slices-not-in-files = 文件里没有 EndpointSlice，而 Service { $service } 的 Endpoints 列出了 { $addresses } 个地址：kube-proxy 只读取 EndpointSlice，请把它们也放进文件
reason-no-endpoint-slice-in-files = 文件里没有 EndpointSlice，而其他 Service 的 Endpoints 列出了地址，因此 Service { $service } 的端点未知：请把 EndpointSlice 也放进文件
reason-endpoint-slices-not-made = Service { $service } 的 EndpointSlice 还不存在，因为这些清单还没有应用到集群：请先应用，再查询集群或使用集群的导出
reason-service-not-applied = Service { $service } 还没有 Cluster IP，因为它的清单还没有应用到集群：请先应用，再查询集群或使用集群的导出
reason-nodes-not-known = 并非所有 Node 都已知，这可能是某个 Node 的地址
reason-pods-not-known = 并非所有 Pod 都已知，这可能是某个 Pod 的地址
reason-host-ports-not-known = 并非所有 Pod 都已知，可能有 Pod 把这个端口用作 hostPort
reason-service-cidrs-not-known = ServiceCIDR 未知，而 nftables 会丢弃 ServiceCIDR 之内不属于任何 Service 的地址
reason-local-policy-node-not-known = 流量策略是 Local，由每个 Node 各自判断，而 Node 未知
reason-hints-node-not-known = 拓扑提示按 Node 及其可用区选择端点，而 Node 未知
reason-pod-cidr-node-not-known = 区分 Pod 与其他来源要看 Node 的 Pod CIDR，而 Node 未知
reason-detector-node-not-known = 区分 Pod 与其他来源要看数据包来自哪个网卡，而来源所在的 Node 未知
reason-source-address-not-known = loadBalancerSourceRanges 要看来源的地址，而来源的地址未知
reason-host-port-pod-without-ip = 使用这个 hostPort 的 Pod 还没有这个协议族的 IP

## UNKNOWN：来源不发送任何数据包，或者未知。

reason-source-node-not-known = Node { $node } 未知，并非所有 Node 都已知
reason-source-pod-not-known = Pod { $pod } 未知，并非所有 Pod 都已知
reason-source-pod-ended = Pod { $pod } 已经结束（{ $phase }）：它不会发送任何数据包
reason-source-pod-not-scheduled = Pod { $pod } 还没有调度到 Node 上：它不会发送任何数据包

## UNKNOWN：DNS 应答未知。

reason-dns-policy-none = 这个 Pod 的 dnsPolicy 是 None：它查询哪个服务器由 dnsConfig 决定
reason-namespace-of-source-not-known = { $name } 要在发起查询的 Pod 的命名空间里查找，而这个命名空间未知：请指明是哪个 Pod，或者写成 { $name }.NAMESPACE.svc
reason-name-outside-domain = { $name } 不在集群的域 { $domain } 之内：无法得知外部解析器如何应答
reason-alias-outside-cluster = { $name } 指向 { $target }，它不在集群之内：地址未知
reason-namespace-not-known = 无法得知命名空间 { $namespace } 是否存在
reason-service-not-known = Service { $service } 未知，它所在命名空间的 Service 并非全部已知
reason-endpoint-slices-of-name-not-known = 命名空间 { $namespace } 的 EndpointSlice 未知
reason-service-of-address-not-known = 并非所有 Service 都已知，可能有 Service 使用这个 Cluster IP
reason-endpoint-of-address-not-known = 并非所有 EndpointSlice 都已知，其中可能有端点使用这个地址
