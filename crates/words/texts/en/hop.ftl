### The steps of a packet.

# $node (String) - The Node.
hop-arrives = Arrives at { $node }
# $node (String) - The Node.
hop-sent = Sent on { $node }
hop-dnat = DNAT
hop-dnat-masquerade = DNAT and masquerade
hop-reject = Refused by kube-proxy
hop-drop = Dropped by kube-proxy
hop-dnat-host-port = DNAT by hostPort
hop-routed = Routed to the Pod, not translated
hop-source = src
hop-destination = dst

## Words inside a header's addresses.

# $node (String) - The Node.
hop-egress-ip = { $node }, egress IP
hop-a-pod = a Pod
hop-the-node = the Node
# $first (String) - The first address.
# $count (Number) - Number of other addresses.
hop-one-of-more = { $first } or one of { $count } more
hop-or = { " or " }
# $name (String) - The name as asked.
# $ip (String) - The address.
hop-looked-up = { $name } is { $ip }

## What a rule of kube-proxy does.

# $port (Number) - The destination port.
rule-port = dport { $port }
# $address (String) - The destination address.
rule-destination = to { $address }
rule-source-ranges = source ranges
rule-masquerade = mark for masquerade
rule-external = keeps the source
# $count (Number) - Number of endpoints, at least two.
rule-choose = choose 1 of { $count }
# $value (String) - The probability, as iptables prints it.
rule-probability = p { $value }
rule-otherwise = otherwise
# $count (Number) - Number of endpoints.
rule-one-of = 1 of { $count }
rule-reject = reject
rule-drop = drop

## Where a packet comes from.

# $ip (String) - The address.
source-external = from { $ip }, outside the cluster
source-any-pod = from a Pod, on whichever Node
# $pod (String) - The Pod.
# $ip (String) - Its address.
source-pod = from Pod { $pod }, { $ip }
# $pod (String) - The Pod.
# $node (String) - Its Node.
# $ip (String) - Its address.
source-pod-on = from Pod { $pod } on { $node }, { $ip }
# $ip (String) - The address.
source-pod-ip = from the Pod IP { $ip }
# $ip (String) - The address.
# $node (String) - The Node.
source-pod-ip-on = from the Pod IP { $ip } on { $node }
# $ip (String) - The address.
source-process = from a process, { $ip }
# $node (String) - The Node.
# $ip (String) - Its address.
source-process-on = from a process on { $node }, { $ip }
source-loopback = from a process, by loopback
# $node (String) - The Node.
source-loopback-on = from a process on { $node }, by loopback
