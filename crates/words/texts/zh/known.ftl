### What is known of each kind of objects.

known-not-loaded = 没有读取
known-loading = 正在读取首批列表
known-synced = 实时
known-stale = 数据已旧
known-forbidden = 没有 list 和 watch 权限
known-absent = 集群中没有这种资源
known-not-in-files = 文件中没有这种资源
known-omitted-from-files = 文件中没有，但集群里有
known-not-applied = 尚未创建：这些清单还没有应用到集群
known-stale-since = { $time } 起未更新
known-in-namespace = { $namespace } 里的 { $kind }
known-in-namespaces = { $count } 个命名空间里的 { $kind }

## The objects of each kind.

kind-nodes = Node
kind-namespaces = Namespace
kind-service-cidrs = ServiceCIDR
kind-services = Service
kind-endpoint-slices = EndpointSlice
kind-endpoints-of-slices = 端点
kind-endpoints = Endpoints
kind-pods = Pod

## The list folds to one line.

known-all-live = 所监听的内容都是最新的
known-not-all-live = 有的内容不是最新的
