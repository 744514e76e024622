### The table.

# For a screen reader.
table-caption = 按命名空间列出 Service、带 hostPort 的 Pod 和其余 Pod：从客户端使用的地址到容器
table-service = Service
table-ways-in = 访问入口
table-cluster-ip-port = Cluster IP : port
table-target-port = → targetPort
table-container-port = → containerPort
table-endpoints = 端点
table-pods = Pod
# What the numbers of a chain are, one after the other.
table-chain = nodePort → port → targetPort → containerPort
# In place of a Service's type: a Pod that no Service leads to.
table-no-service = 无 Service
# In place of a Service's type: a Node.
table-node = Node
table-showing = 显示 { $all } 个 Service 中的 { $shown } 个
table-showing-host-ports = 显示 { $all } 个 Service 中的 { $shown } 个，{ $all_pods } 个带 hostPort 的 Pod 中的 { $shown_pods } 个
table-more = 再显示 { $count } 个
table-copy = 复制 { $program }
# The button that opens the details of what is selected.
table-details = 规则与详情
