### What cannot be read of a filter.

# $word (String) - The word, as typed.
filter-unknown-key = `{ $word }` is no key; keys are kind, ns, name, label, port, ip, node, type, is
# $word (String) - The word, as typed.
filter-unknown-kind = `{ $word }` is no kind; kinds are service, pod, node, slice, endpoint, hostport
# $word (String) - The word, as typed.
filter-unknown-type = `{ $word }` is no type of Service; types are NodePort, ClusterIP, LoadBalancer, ExternalName, headless
# $word (String) - The word, as typed.
filter-unknown-state = `{ $word }` is no state; states are ready, not-ready, terminating, outside, empty
# $word (String) - The word, as typed.
filter-no-port = `{ $word }` is no port; write a number from 1 to 65535, a range as 8000-8100, or a port's name
# $word (String) - The word, as typed.
filter-no-ip = `{ $word }` is no IP address or CIDR
# $word (String) - The word, as typed.
filter-no-label = `{ $word }` is no label; write label:KEY or label:KEY=VALUE
# $word (String) - The word, as typed.
filter-no-value = `{ $word }` is empty; write as in ns:default
# $word (String) - The word, as typed.
filter-no-term = `{ $word }` has no term to go with; write as in not ns:default, or ns:a or ns:b
# $word (String) - The word, as typed.
filter-open-quote = `{ $word }` has no closing quote
# $error (String) - What cannot be read of a filter, and what would be right.
filter-wrong = find or hide: { $error }
