### The steps of a packet.

hop-arrives = 到达 { $node }
hop-sent = 从 { $node } 发出
hop-dnat = DNAT
hop-dnat-masquerade = DNAT 与源地址伪装
hop-reject = 被 kube-proxy 拒绝
hop-drop = 被 kube-proxy 丢弃
hop-dnat-host-port = 按 hostPort 做 DNAT
hop-routed = 路由到 Pod，不做转换
hop-source = src
hop-destination = dst

## Words inside a header's addresses.

hop-egress-ip = { $node } 的出口 IP
hop-a-pod = 某个 Pod
hop-the-node = 该 Node
hop-one-of-more = { $first } 或其余 { $count } 个之一
hop-or = { " 或 " }
hop-looked-up = { $name } 是 { $ip }

## What a rule of kube-proxy does.

rule-port = 目的端口 { $port }
rule-destination = 目的地址 { $address }
rule-source-ranges = 限定来源网段
rule-masquerade = 标记源地址伪装
rule-external = 保留源地址
rule-choose = { $count } 选 1
rule-probability = p { $value }
rule-otherwise = 其余
rule-one-of = { $count } 个中的 1 个
rule-reject = 拒绝
rule-drop = 丢弃

## Where a packet comes from.

source-external = 来自集群外的 { $ip }
source-any-pod = 来自某个 Pod，在哪个 Node 上都一样
source-pod = 来自 Pod { $pod }，{ $ip }
source-pod-on = 来自 { $node } 上的 Pod { $pod }，{ $ip }
source-pod-ip = 来自 Pod IP { $ip }
source-pod-ip-on = 来自 { $node } 上的 Pod IP { $ip }
source-process = 来自进程，{ $ip }
source-process-on = 来自 { $node } 上的进程，{ $ip }
source-loopback = 来自进程，走回环地址
source-loopback-on = 来自 { $node } 上的进程，走回环地址
