### The heads of the lanes, and their second lines.

lanes-client = Client
lanes-client-rest = where from
lanes-node = Node
lanes-node-rest = Node IP : nodePort, hostPort
lanes-service = Service
lanes-service-rest = Cluster IP : port → targetPort
lanes-slice = EndpointSlice
lanes-slice-rest = address : port
lanes-pod = Pod
lanes-pod-rest = Pod IP
lanes-container = Container
lanes-container-rest = containerPort

## The second lines with a path.

lanes-any-pod = a Pod
# $port (Number) - The nodePort.
lanes-node-port = nodePort { $port }
# $port (Number) - The hostPort.
lanes-host-port = hostPort { $port }
# $port (Number) - The Service's port.
# $target (String) - Its targetPort, a number or a name.
lanes-service-ports = port { $port } → targetPort { $target }
# $port (Number) - The port of a headless Service.
lanes-service-port = port { $port }
# $count (Number) - Number of endpoints that get packets.
lanes-in-use = { $count } in use
# $port (Number) - The containerPort.
lanes-container-port = containerPort { $port }
