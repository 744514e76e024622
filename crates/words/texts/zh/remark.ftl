### 结论的原因之外的补充，形式相同。

remark-external-ip-assumed = 这里假定 Node 的 ExternalIP 是它某个网卡上的地址
remark-selector-matches-no-pod = 没有 Pod 带有它的 selector 的标签 { $selector }
remark-endpoint-is-service-address = { $address } 本身就是 Service { $service } 的地址：kube-proxy 只转换一次，在那里应答的可能是它的过滤规则，也可能没有谁应答
remark-cluster-ip-not-routed = 前提是有路由把它送到某个 Node：Cluster IP 本身无法从集群外到达
remark-pod-ip-not-routed = 前提是有路由把它送到所在的 Node：Pod IP 本身无法从集群外到达

## 选中的端点为什么到不了。

remark-reply-misses-node = 应答不经过做转换的 Node，所以连接失败
remark-all-replies-miss-node = 所有应答都不经过做转换的 Node，所以每个连接都失败
remark-some-replies-miss-node = { $of } 个端点中有 { $endpoints } 个的应答不经过做转换的 Node，这些连接会失败
remark-headless-port-not-translated = headless Service 不转换端口：数据包保持端口 { $port }，访问 { $service } 的客户端必须用端口 { $endpoint_port }

## 送达之外的疑点。

remark-port-not-declared = Pod { $pod } 没有容器声明端口 { $port }：那里可能没有进程在监听
remark-port-not-declared-by-some = { $of } 个端点中有 { $endpoints } 个的 Pod 没有容器声明端口 { $port }：那里可能没有进程在监听
remark-pod-missing = 这个端点的 Pod { $pod } 不存在：可能没有谁使用它的地址
remark-some-pods-missing = { $of } 个端点中有 { $endpoints } 个的 Pod 不存在，例如 { $pod }：可能没有谁使用它们的地址
remark-hairpin-needs-cni = 这个 Pod 经 Service 访问自己，这需要 CNI 的 hairpin 模式
remark-hairpin-of-one-needs-cni = { $of } 个端点之一就是客户端自己，只有在 CNI 的 hairpin 模式下才能到达
remark-policies-not-evaluated = 存在 { $policies } 个适用于命名空间 { $namespace } 的 NetworkPolicy，这里没有评估：它们可能拦下数据包

## 起决定作用的 kube-proxy 设置。

remark-setting-assumed = { $setting } 假定为 { $value }：如果是 { $other }，结果就是 { $outcome }
remark-setting-not-known = kube-proxy 的 { $setting } 未知，这里当作空值，所以 Pod 被当作集群外的客户端：如果是 { $other }，结果就是 { $outcome }
remark-setting-empty = kube-proxy 的 { $setting } 是空的，所以 Pod 被当作集群外的客户端：如果设为 { $other }，结果就会是 { $outcome }
## 关于答案所依据的文件。

remark-value-refused = { $place }：{ $field }：{ $wrong }；API server 会拒绝
remark-position = { $file }，第 { $document } 个文档，第 { $line } 行，第 { $column } 列
remark-document = { $file }，第 { $document } 个文档
remark-more-values-refused = 这些文件里还有 { $count } 个 API server 会拒绝的值
remark-not-applied = 这些清单还没有应用到集群（{ $what }）：请先应用，再查询集群或使用集群的导出
remark-services-without-cluster-ip = { $count ->
        [one] Service { $services } 没有 Cluster IP
       *[other] { $count } 个 Service 没有 Cluster IP（{ $services }）
    }
remark-workloads-without-pods = { $count } 个工作负载没有 Pod

## API server 会拒绝的值有什么错误。

refused-required = 必须有值
refused-no-ip = `{ $value }` 不是 IP 地址
refused-other-family = `{ $value }` 不是这个 slice 的 addressType 的地址
refused-reserved-ip = `{ $value }` 是回环、链路本地、组播或未指定的地址
refused-no-cidr = `{ $value }` 不是 CIDR，例如 10.244.0.0/16
refused-no-port = `{ $value }` 不是端口：1 到 65535
refused-no-port-name = `{ $value }` 不是端口的名称：最多 15 个 a-z、0-9 或连字符，至少有一个字母
refused-no-name = `{ $value }` 不是名称：只能有 a-z、0-9 和连字符，各段之间用点分隔
refused-no-such-value = `{ $value }` 不是这个字段的值
refused-repeated = `{ $value }` 在列表里有两次
