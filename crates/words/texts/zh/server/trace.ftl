### `kubehop trace` 的文字答案。

## 名称。

trace-no-such-name = 没有这个名称
trace-no-such-record = 名称存在，但没有这种类型的记录

## 结论。

trace-client-refused = { $reason }（客户端看到：连接被拒绝）
trace-client-timed-out = { $reason }（客户端看到：超时）
trace-arrival = （{ $arrival }）
trace-doubt = 不过，{ $remark }
trace-decided-on = 按 { $nodes } 上的规则
trace-either = 可能之 { $number }
trace-by-iptables = 在 iptables 模式下会是
trace-rules = 规则 { $rules }

## 数据包从哪里进入。

trace-entered-by = 入口是 { $entry }
trace-entry-of-service = Service { $service } 的 { $entry }：{ $ports }
trace-entry-cluster-ip = Cluster IP
trace-entry-external-ip = externalIP
trace-entry-load-balancer-ip = 负载均衡 IP
trace-entry-node-port = nodePort
trace-entry-host-port = hostPort
trace-entry-pod-ip = Pod IP
trace-node-port = nodePort { $port }
trace-port = 端口 { $port }
trace-named-port = 端口 { $port }（{ $name }）
trace-target-port = targetPort { $port }

## 数据包的每一步：在哪里，由谁，做什么。

trace-at-client = 客户端
trace-by-dns = DNS
trace-by-client = 客户端
trace-by-network = 网络
trace-by-kube-proxy = { $node } 上的 kube-proxy
trace-by-portmap = CNI portmap
trace-by-cni = CNI
trace-looked-up = { $name } 解析为 { $ip }
trace-sent = 从 { $node } 发出
trace-arrives = 到达 { $node }
trace-refused = 拒绝
trace-dropped = 丢弃
trace-translated = DNAT
trace-translated-masquerade = DNAT 与源地址伪装
trace-routed = 路由，不做转换

## 数据包可能到达哪里。

trace-pod = Pod { $pod }
trace-pod-on = { $node } 上的 Pod { $pod }
trace-no-pod = 没有 Pod
trace-no-pod-on = 没有 Pod（Node { $node }）
trace-container = 容器 { $container }
trace-sees-node = 看到的是 Node 的地址（源地址伪装）
trace-sees-client = 看到的是客户端的地址
trace-reply-misses = 应答不经过做转换的 Node：连接失败
trace-does-not-arrive = 数据包无法到达
trace-same-as = 端点与 { $node } 上的相同
trace-same-as-but = 端点与 { $node } 上的相同，但有以下不同：

## 收不到数据包的端点。

trace-unused = 排除
trace-unused-more = 还有 { $count } 个
trace-unused-not-ready = 未就绪
trace-unused-terminating = 正在终止
trace-unused-because = { $state }：{ $because }

## 答案的前提。

trace-from = 来源：{ $source }
trace-from-on = 来源：{ $node } 上的 { $source }
trace-assumes = 不评估 NetworkPolicy；kube-proxy 模式 { $mode }（{ $origin }）
trace-also = { $assumptions }；{ $next }
trace-no-cluster-cidr = 没有 cluster-cidr：无法区分 Pod 与其他来源
trace-setting = { $setting } `{ $value }`（{ $origin }）
trace-by-default = 默认值
trace-by-flag = 来自参数
trace-by-config-map = 来自 ConfigMap
trace-by-pod = 来自它的 Pod 的参数
trace-by-distribution = { $distribution } 的默认值

## 文件里有什么。

trace-none-of-kind = 没有 { $kind }
trace-not-in-files = 这些文件里{ $kinds }：这里当作集群里也没有
trace-policies-left-out = 这些文件里有策略，这里不评估，而它们可能拦截数据包：{ $kinds }
trace-routes-left-out = 这些文件里有按名称或路径的路由，这里不评估；请查询它们指向的 Service 或地址：{ $kinds }
trace-other-versions-left-out = 已忽略 kubehop 不读取的版本的对象，请从较新的集群或用较新的 kubectl 重新导出：{ $kinds }
trace-workloads-left-out = 已忽略创建 Pod 的对象，只有这些文件里的 Pod 才算数：{ $kinds }
trace-left-out = 已忽略不决定路径的对象：{ $kinds }
