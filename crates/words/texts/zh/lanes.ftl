### The heads of the lanes, and their second lines.

lanes-client = 客户端
lanes-client-rest = 从哪里来
lanes-node = Node 节点
lanes-node-rest = Node IP : nodePort、hostPort
lanes-service = Service 服务
lanes-service-rest = Cluster IP : port → targetPort
lanes-slice = EndpointSlice 端点切片
lanes-slice-rest = 地址 : 端口
lanes-pod = Pod
lanes-pod-rest = Pod IP
lanes-container = 容器
lanes-container-rest = containerPort

## The second lines with a path.

lanes-any-pod = 某个 Pod
lanes-node-port = nodePort { $port }
lanes-host-port = hostPort { $port }
lanes-service-ports = port { $port } → targetPort { $target }
lanes-service-port = port { $port }
lanes-in-use = 在用 { $count } 个
lanes-container-port = containerPort { $port }
