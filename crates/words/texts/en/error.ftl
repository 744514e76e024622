### What is wrong with a text that somebody wrote, and what would be right.

## Sources.

# $text (String) - The text.
error-no-source = `{ $text }` is no source: it is one of external:IP, pod:NAMESPACE/NAME, pod-ip:IP, node:NAME or localhost:NODE
# $kind (String) - What stands before the colon.
error-no-source-kind = `{ $kind }:` is no kind of source: it is one of external:IP, pod:NAMESPACE/NAME, pod-ip:IP, node:NAME or localhost:NODE
# $text (String) - The text.
error-pod-without-namespace = `{ $text }` has no namespace: write pod:NAMESPACE/NAME
# $text (String) - The text.
# $form (String) - How it is written.
error-no-object-name = `{ $text }` can be no object's name: write { $form }

## Destinations.

# $text (String) - The text.
error-no-ip = `{ $text }` is no IP address
# $text (String) - The text.
# $meant (String) - The address that is meant.
error-leading-zeros = `{ $text }` has leading zeros, which programs read differently: write { $meant }
# $error (String) - What is wrong with the address.
error-no-destination = { $error }; a destination is one of IP:PORT[/PROTOCOL], [IPv6]:PORT[/PROTOCOL], dns:NAME[:PORT][/PROTOCOL][?TYPE], IP or IP/icmp
# $error (String) - What is wrong with the address.
# $name (String) - The text, if it is to be a name.
error-no-destination-but-name = { $error }; for a name write dns:{ $name }; a destination is one of IP:PORT[/PROTOCOL], [IPv6]:PORT[/PROTOCOL], dns:NAME[:PORT][/PROTOCOL][?TYPE], IP or IP/icmp
error-url-not-supported = http:// and https:// destinations (Ingress, Gateway API) are not supported yet: name the Service behind them, as in dns:NAME.NAMESPACE.svc:PORT
# $ip (String) - The address.
error-icmp-with-port = ICMP has no port: write { $ip }/icmp
# $protocol (String) - The protocol.
error-protocol-without-port = `/{ $protocol }` without a port: write IP:PORT/{ $protocol }, or IP/icmp for a ping
# $name (String) - The name.
# $protocol (String) - The protocol.
error-name-with-protocol-without-port = a protocol without a port: write dns:{ $name }:PORT/{ $protocol }
# $text (String) - The text.
error-no-dns-name = `{ $text }` is no DNS name: write dns:NAME[:PORT][/PROTOCOL][?TYPE]
# $text (String) - The address.
error-address-as-name = `{ $text }` is an address, not a name: leave `dns:` out, or ask for its name with ?PTR
# $text (String) - The text.
error-no-record-type = `{ $text }` is no type of record that is answered: A, AAAA, SRV, PTR, CNAME, TXT or MX
# $text (String) - The text.
error-no-port = `{ $text }` is no port: it is a number from 1 to 65535
# $text (String) - The text.
error-no-protocol = `/{ $text }` is no protocol: tcp, udp or sctp

## What a question names is not there.

# $pod (String) - The Pod.
# $known (String) - Those that there are.
error-no-such-pod = there is no Pod { $pod }; { $known }
# $node (String) - The Node.
# $known (String) - Those that there are.
error-no-such-node = there is no Node { $node }; { $known }
error-known-none = there are none
# $names (String) - All of them.
error-known = there are: { $names }
# $names (String) - The first few.
# $count (Number) - How many more there are.
error-known-and-more = there are: { $names } and { $count } more
