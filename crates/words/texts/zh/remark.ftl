### 结论的原因之外的补充，形式相同。

remark-external-ip-assumed = 这里假定 Node 的 ExternalIP 是它某个网卡上的地址
remark-selector-matches-no-pod = 没有 Pod 带有它的 selector 的标签 { $selector }
remark-endpoint-is-service-address = { $address } 本身就是 Service { $service } 的地址：kube-proxy 只转换一次，在那里应答的可能是它的过滤规则，也可能没有谁应答
remark-cluster-ip-not-routed = 前提是有路由把它送到某个 Node：Cluster IP 本身无法从集群外到达
remark-pod-ip-not-routed = 前提是有路由把它送到所在的 Node：Pod IP 本身无法从集群外到达
