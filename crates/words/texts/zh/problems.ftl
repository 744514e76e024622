### What is wrong with a Service or a Pod.

problem-refused = REJECT：{ $why }
problem-some-ports-refused = 部分端口 REJECT：{ $why }
problem-no-address = DNS 没有地址可答：{ $why }
problem-dropped = { $of } 个 Node 中有 { $on } 个 DROP，本机没有端点：{ $nodes }
problem-dropped-more = { $of } 个 Node 中有 { $on } 个 DROP，本机没有端点：{ $nodes }…
problem-not-ready = { $total } 个中有 { $out } 个未就绪
problem-not-ready-because = { $total } 个中有 { $out } 个未就绪：{ $because }
problem-not-known = 未知：读不到它的 EndpointSlice

## What becomes of packets, in one word.

problem-verdict-not-known = 未知

## The list of problems.

problems-heading = 问题
problems-errors = { $count } 个错误
problems-warnings = { $count } 个警告

problems-word = 问题
problems-none = 没有问题
problems-and-causes = { $count } 个问题，{ $causes } 种原因
problems-arranged = 排列方式
problems-by-cause = 原因
problems-by-object = 对象
problems-by-node = Node
problems-on-every-node = 所有 Node
problems-key-open = 打开
problems-key-choose = 选择
problems-key-keep = 查看
problems-dropped-on = { $of } 个 Node 中有 { $on } 个 DROP
problems-some-ports = 部分端口 REJECT
problems-ready-because = { $ready }：{ $because }

## Causes, as headings of the list.

problems-cause-no-local-endpoint = Node 上没有端点
problems-cause-not-ready = 端点未就绪
problems-cause-not-known = 读不到 EndpointSlice
problems-cause-refused = 被拒绝：{ $why }
problems-cause-no-address = DNS 没有地址：{ $why }

## The list of namespaces of a big cluster.

namespaces-heading = 命名空间
namespaces-open-of = { $all } 个中打开了 { $open } 个
namespaces-namespace = 命名空间
namespaces-services = Service
namespaces-pods = Pod
