### The legend.

legend-ip = IP
legend-port = port
legend-host-port = hostPort
legend-pair = IP:port
legend-pods = Pods enter
legend-dns-name = DNS name
legend-packet = packet
legend-path = path
legend-unused = not used
legend-dns-only = DNS only
legend-ready = ready
legend-not-ready = not ready
legend-terminating = terminating
legend-broken = broken
legend-outside = outside
