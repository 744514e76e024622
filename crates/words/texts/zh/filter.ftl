### What cannot be read of a filter.

filter-unknown-key = `{ $word }` 不是键；可用的键有 kind、ns、name、label、port、ip、node、type、is
filter-unknown-kind = `{ $word }` 不是 kind；可用的 kind 有 service、pod、node、slice、endpoint、hostport
filter-unknown-type = `{ $word }` 不是 Service 的类型；可用的类型有 NodePort、ClusterIP、LoadBalancer、ExternalName、headless
filter-unknown-state = `{ $word }` 不是状态；可用的状态有 ready、not-ready、terminating、outside、empty
filter-no-port = `{ $word }` 不是端口；请写 1 到 65535 的数字、8000-8100 这样的范围，或端口的名称
filter-no-ip = `{ $word }` 不是 IP 地址，也不是 CIDR
filter-no-label = `{ $word }` 不是标签；请写 label:KEY 或 label:KEY=VALUE
filter-no-value = `{ $word }` 后面是空的；请写成 ns:default 这样
filter-no-term = `{ $word }` 缺少与它搭配的条件；请写成 not ns:default 或 ns:a or ns:b 这样
filter-open-quote = `{ $word }` 缺少收尾的引号
filter-wrong = find 或 hide：{ $error }
