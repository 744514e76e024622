### kube-proxy 设置的写法有误，以及应该怎样写。

setting-no-proxy-mode = `{ $text }` 不是 kube-proxy 的模式：iptables、nftables 或 ipvs；如果 kube-proxy 被替代，则为 none
setting-no-detect-local-mode = `{ $text }` 不是 ClusterCIDR、NodeCIDR、BridgeInterface 和 InterfaceNamePrefix 之一
setting-no-cidr = `{ $text }` 不是 CIDR，CIDR 的例子是 10.244.0.0/16
setting-no-node-port-address = `{ $text }` 不是 CIDR（例如 10.244.0.0/16），也不是 primary、localhost 或 all
setting-no-bool = `{ $text }` 不是 true，也不是 false
setting-no-gate = `{ $text }` 不是 GATE=true 或 GATE=false 的形式
setting-no-gate-value = { $gate }：`{ $text }` 不是 true，也不是 false
setting-no-hostname-override = `{ $text }` 不是 NODE=NAME 的形式
setting-no-port-range = `{ $text }` 不是端口范围，端口范围的例子是 30000-32767
setting-no-domain = `{ $text }` 不是 DNS 域，DNS 域的例子是 cluster.local

## 在 kube-proxy 的 ConfigMap 里。

setting-config-unreadable = { $error }：忽略其中的设置
setting-config-wrong-type = ConfigMap { $map }：{ $path }：值的类型不对；已忽略
setting-config-wrong = ConfigMap { $map }：{ $path }：{ $error }；已忽略

## 不起作用的参数。

setting-gates-of-no-effect = --feature-gates：对这里的任何路径都没有影响：{ $gates }
