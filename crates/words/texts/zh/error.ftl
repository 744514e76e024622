### 写错的内容，以及应该怎样写。

## 来源。

error-no-source = `{ $text }` 不是来源：可以写 external:IP、pod:NAMESPACE/NAME、pod-ip:IP、node:NAME 或 localhost:NODE
error-no-source-kind = `{ $kind }:` 不是来源的种类：可以写 external:IP、pod:NAMESPACE/NAME、pod-ip:IP、node:NAME 或 localhost:NODE
error-pod-without-namespace = `{ $text }` 没有命名空间：请写成 pod:NAMESPACE/NAME
error-no-object-name = `{ $text }` 不能是对象的名称：请写成 { $form }

## 目的地址。

error-no-ip = `{ $text }` 不是 IP 地址
error-leading-zeros = `{ $text }` 带有前导零，不同的程序会有不同的理解：请写成 { $meant }
error-no-destination = { $error }；目的地址可以写 IP:PORT[/PROTOCOL]、[IPv6]:PORT[/PROTOCOL]、dns:NAME[:PORT][/PROTOCOL][?TYPE]、IP 或 IP/icmp
error-no-destination-but-name = { $error }；名称请写成 dns:{ $name }；目的地址可以写 IP:PORT[/PROTOCOL]、[IPv6]:PORT[/PROTOCOL]、dns:NAME[:PORT][/PROTOCOL][?TYPE]、IP 或 IP/icmp
error-url-not-supported = 还不支持 http:// 和 https:// 这样的目的地址（Ingress、Gateway API）：请写出背后的 Service，例如 dns:NAME.NAMESPACE.svc:PORT
error-icmp-with-port = ICMP 没有端口：请写成 { $ip }/icmp
error-protocol-without-port = `/{ $protocol }` 缺少端口：请写成 IP:PORT/{ $protocol }，要 ping 则写成 IP/icmp
error-name-with-protocol-without-port = 有协议而没有端口：请写成 dns:{ $name }:PORT/{ $protocol }
error-no-dns-name = `{ $text }` 不是 DNS 名称：请写成 dns:NAME[:PORT][/PROTOCOL][?TYPE]
error-address-as-name = `{ $text }` 是地址，不是名称：请去掉 `dns:`，或者用 ?PTR 查询它的名称
error-no-record-type = `{ $text }` 不是能够应答的记录类型：A、AAAA、SRV、PTR、CNAME、TXT 或 MX
error-no-port = `{ $text }` 不是端口：端口是 1 到 65535 之间的数字
error-no-protocol = `/{ $text }` 不是协议：tcp、udp 或 sctp

## 问题里提到的对象不存在。

error-no-such-pod = 没有 Pod { $pod }；{ $known }
error-no-such-node = 没有 Node { $node }；{ $known }
error-known-none = 没有任何这类对象
error-known = 现有：{ $names }
error-known-and-more = 现有：{ $names }，还有 { $count } 个
