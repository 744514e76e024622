### What an address, a port or a name is.

socket-node-ip = Node IP
socket-node-ip-sentence = The address of a machine of the cluster. nodePorts and hostPorts are opened on it.
socket-node-port = nodePort
socket-node-port-sentence = A port that kube-proxy opens on every Node for one Service. From outside, use a Node's address with it: any Node will do, unless externalTrafficPolicy is Local.
socket-host-port = hostPort
socket-host-port-sentence = A port of one Pod, opened on the Node that the Pod runs on and on no other. The CNI plugin maps it; no Service takes part.
socket-cluster-ip = Cluster IP
socket-cluster-ip-sentence = The address of a Service inside the cluster. It is virtual: no device owns it, and each Node's kube-proxy replaces it by the address of an endpoint. Most clusters leave a ping to it unanswered.
socket-port = port
socket-port-sentence = The port of a Service, used with its Cluster IP or its name. Containers listen on the targetPort, which may be another number.
socket-dns = DNS name
socket-dns-sentence = The name of a Service. The cluster's DNS answers with the Cluster IP, for a headless Service with Pod IPs, for an ExternalName with another name.
socket-endpoint = endpoint
socket-endpoint-sentence = One line of an EndpointSlice: an address and a port that the Service sends to while it is ready.
socket-pod-ip = Pod IP
socket-pod-ip-sentence = The address of one Pod, reachable from every Node and Pod. It goes when the Pod goes; a new Pod gets another.
socket-container-port = containerPort
socket-container-port-sentence = A port that a container declares. The declaration opens nothing: what counts is where the process listens.
socket-external = outside address
socket-external-sentence = A target outside the cluster. kubehop sees the address only, not whether anybody answers.
socket-external-ip = external IP
socket-external-ip-sentence = An address of spec.externalIPs. kube-proxy takes packets for it on every Node; somebody else has to route them there.
socket-load-balancer-ip = load balancer IP
socket-load-balancer-ip-sentence = The address that a load balancer gave to the Service. Inside the cluster kube-proxy usually answers for it at once.

## For a screen reader.

# $kind (String) - What it is.
# $address (String) - The address.
# $object (String) - The object that it belongs to.
socket-label = { $kind } { $address }, { $object }
# $label (String) - Kind, address and object.
# $state (String) - A state of it.
socket-label-state = { $label }, { $state }
socket-selected = selected
socket-on-path = on the path
