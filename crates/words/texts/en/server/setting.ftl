### What is wrong with a text of one of kube-proxy's settings, and what would be right.

# $text (String) - The text.
setting-no-proxy-mode = `{ $text }` is not a mode of kube-proxy: iptables, nftables or ipvs, or none if something else is in its place
# $text (String) - The text.
setting-no-detect-local-mode = `{ $text }` is none of ClusterCIDR, NodeCIDR, BridgeInterface and InterfaceNamePrefix
# $text (String) - The text.
setting-no-cidr = `{ $text }` is not a CIDR, as in 10.244.0.0/16
# $text (String) - The text.
setting-no-node-port-address = `{ $text }` is not a CIDR, as in 10.244.0.0/16, nor primary, localhost or all
# $text (String) - The text.
setting-no-bool = `{ $text }` is neither true nor false
# $text (String) - The text.
setting-no-gate = `{ $text }` is not GATE=true or GATE=false
# $gate (String) - The gate.
# $text (String) - The text.
setting-no-gate-value = { $gate }: `{ $text }` is neither true nor false
# $text (String) - The text.
setting-no-hostname-override = `{ $text }` is not NODE=NAME
# $text (String) - The text.
setting-no-port-range = `{ $text }` is not a range of ports, as in 30000-32767
# $text (String) - The text.
setting-no-domain = `{ $text }` is not a DNS domain, as in cluster.local

## In kube-proxy's ConfigMap.

# $error (String) - What the parser says, with the place.
setting-config-unreadable = { $error }: its settings are left out
# $map (String) - The ConfigMap.
# $path (String) - The field.
setting-config-wrong-type = ConfigMap { $map }: { $path }: has a value of the wrong type; it is left out
# $map (String) - The ConfigMap.
# $path (String) - The field.
# $error (String) - What is wrong with it.
setting-config-wrong = ConfigMap { $map }: { $path }: { $error }; it is left out

## Flags that change nothing.

# $gates (String) - The names of the gates.
setting-gates-of-no-effect = --feature-gates: of no effect on any path here: { $gates }
