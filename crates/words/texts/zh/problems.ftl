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

## The list of namespaces of a big cluster.

namespaces-heading = 命名空间
namespaces-open-of = { $all } 个中打开了 { $open } 个
namespaces-namespace = 命名空间
namespaces-services = Service
namespaces-pods = Pod
