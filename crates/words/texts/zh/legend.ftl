### The legend.

legend-ip = IP
legend-port = 端口
legend-host-port = hostPort
legend-pair = IP:端口
legend-pods = 集群内入口
legend-dns-name = DNS 名称
legend-packet = 数据包
legend-path = 路径
legend-unused = 不使用
legend-dns-only = 仅 DNS
legend-ready = 就绪
legend-not-ready = 未就绪
legend-terminating = 正在终止
legend-broken = 不通
legend-outside = 集群外
