### What an address, a port or a name is.

socket-node-ip = Node IP
socket-node-ip-sentence = 集群里一台机器的地址。nodePort 和 hostPort 都开在它上面。
socket-node-port = nodePort
socket-node-port-sentence = kube-proxy 在每个 Node 上为某个 Service 打开的端口。从集群外访问时，用任意一个 Node 的地址加上它即可，除非 externalTrafficPolicy 是 Local。
socket-host-port = hostPort
socket-host-port-sentence = 某个 Pod 的端口，只开在这个 Pod 所在的 Node 上，别的 Node 没有。由 CNI 插件映射，不经过 Service。
socket-cluster-ip = Cluster IP
socket-cluster-ip-sentence = Service 在集群内的地址。它是虚拟的：没有任何网卡拥有它，由各个 Node 上的 kube-proxy 把它换成某个端点的地址。在多数集群里 ping 不通。
socket-port = port
socket-port-sentence = Service 的端口，与 Cluster IP 或 Service 名称一起使用。容器监听的是 targetPort，两者可以不同。
socket-dns = DNS 名称
socket-dns-sentence = Service 的名称。集群 DNS 返回它的 Cluster IP；无头服务返回各个 Pod IP；ExternalName 返回另一个域名。
socket-endpoint = 端点
socket-endpoint-sentence = EndpointSlice 里的一行：一个地址加一个端口，就绪期间 Service 会把连接发给它。
socket-pod-ip = Pod IP
socket-pod-ip-sentence = 一个 Pod 的地址，从任何 Node 和 Pod 都能访问。Pod 没了地址也就没了，新的 Pod 会得到新的地址。
socket-container-port = containerPort
socket-container-port-sentence = 容器声明的端口。声明本身并不打开端口，真正起作用的是进程监听在哪里。
socket-external = 集群外地址
socket-external-sentence = 集群外的目标。kubehop 只看得到地址，看不到那里是否有人应答。
socket-external-ip = 外部 IP
socket-external-ip-sentence = spec.externalIPs 里的地址。每个 Node 上的 kube-proxy 都接收发往它的数据包，但要有别人把数据包路由到那里。
socket-load-balancer-ip = 负载均衡 IP
socket-load-balancer-ip-sentence = 负载均衡器分配给 Service 的地址。在集群内，通常由 kube-proxy 直接代为处理。

## For a screen reader.

socket-label = { $kind } { $address }，{ $object }
socket-label-state = { $label }，{ $state }
socket-selected = 已选中
socket-on-path = 在路径上
