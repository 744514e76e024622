### The From and To bar.

ask-label = Trace a packet
ask-from = From
ask-to = To
ask-trace = Trace
# In the empty field From.
ask-from-anywhere = outside, or a Pod
# In the empty field To.
ask-to-example = IP:port, name or object
# $ip (String) - The source that is taken when none is given.
ask-assumed-outside = { $ip } (outside)
ask-assumed-pod = a Pod

## What a text that is offered stands for.

ask-client-outside = a client outside the cluster
ask-pod = Pod
ask-node-process = a process on the Node
ask-node-loopback = a process on the Node, by loopback
