### The help: keys, and the signs of the picture.

help-title = Keys and signs
help-close = Close
help-keys = Keys
help-key-search = search for an address, a port or a name
help-key-problems = problems: what fails, and where
help-key-filter = filter: show or hide what a term names
help-key-tab = go to the next address in the order of a packet
help-key-along-path = follow a path from one address to the next
help-key-in-lane = go to the address above or below in the same lane, within its group
help-key-group = go to the next Service, or to the one before
help-key-panel = go to the panel, and back to the picture
help-key-enter = select the address: its path lights up
help-key-escape = give up the selection, or close what is open
help-key-zoom = zoom in and out; so does Ctrl with the mouse wheel
help-key-no-zoom = zoom back to 100 %
help-key-graph = show the graph
help-key-table = show the table
help-key-pause = pause the picture; changes wait until it goes on
help-key-help = show this help

## Shapes: what an address is.

help-shapes = Shapes: what an address is
help-shape-ip = an address without a port: of a Node, a Pod, a Service
help-shape-port = a port: of a Service, a container, a nodePort on a Node
help-shape-host-port = a hostPort: a port of one Pod, opened on its Node
help-shape-pair = an address with a port: one line of an EndpointSlice
help-shape-pods = where Pods enter: the Cluster IP answers inside the cluster only
help-shape-dns = a name that the cluster's DNS knows

## Lines: what goes between addresses.

help-lines = Lines: what goes between them
help-line-packet = packets go this way
help-line-path = packets of what is selected go this way
help-line-unused = this way exists, and no packet takes it now
help-line-dns = only DNS leads here: the client connects to the answer itself

## States of an endpoint.

help-states = States of an endpoint
help-state-ready = it gets new connections
help-state-not-ready = its readiness probe fails: it gets no new connections
help-state-terminating = its Pod is ending: it gets new connections only where nothing else is ready
help-state-broken = the path ends here: refused at once (REJECT) or without an answer (DROP)
help-state-outside = outside the cluster: kubehop cannot tell whether anybody answers
