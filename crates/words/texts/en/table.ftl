### The table.

# For a screen reader.
table-caption = Services, Pods with hostPorts and other Pods, by namespace, from the address that a client uses to the container
table-service = Service
table-ways-in = Reached by
table-cluster-ip-port = Cluster IP : port
table-target-port = → targetPort
table-container-port = → containerPort
table-endpoints = Endpoints
table-pods = Pods
# What the numbers of a chain are, one after the other.
table-chain = nodePort → port → targetPort → containerPort
# In place of a Service's type: a Pod that no Service leads to.
table-no-service = no Service
# In place of a Service's type: a Node.
table-node = Node
# $shown (String) - Number of Services that have a row, with its digits in groups.
# $all (String) - Number of Services, with its digits in groups.
table-showing = Showing { $shown } of { $all } Services
# $shown (String) - Number of Services that have a row, with its digits in groups.
# $all (String) - Number of Services, with its digits in groups.
# $shown_pods (String) - Number of Pods with hostPorts that have a row, with its digits in groups.
# $all_pods (String) - Number of Pods with hostPorts, with its digits in groups.
table-showing-host-ports = Showing { $shown } of { $all } Services, { $shown_pods } of { $all_pods } Pods with hostPorts
# $count (Number) - Number of rows that are added.
table-more = Show { $count } more
# $program (String) - The program that the command calls.
table-copy = Copy { $program }
# The button that opens the details of what is selected.
table-details = Rules and details
