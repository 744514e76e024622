### Search, filters and their chips.

find-search = Search
find-search-label = Search names, addresses, ports and labels
find-nothing = Nothing found.
find-filters = Filter
find-find = Find
find-hide = Hide
find-apply = Apply
find-problems-only = Problems only
find-by-node = Arranged by Node
find-examples = Examples
# The language of filters in one paragraph.
find-language = Terms stand for what belongs to a Service: kind, ns, name, label, port, ip, node, type, is. All must hold; “or” between alternatives, “not” or “-” before a term.
# $field (String) - Find or Hide.
# $term (String) - The term, as typed.
find-chip = { $field }: { $term }
# $chip (String) - What stands on the chip.
find-remove = Remove { $chip }
# $drawn (Number) - Number of Services that are drawn.
# $all (Number) - Number of Services.
find-showing = Showing { $drawn } of { $all } Services
# $drawn (Number) - Number of Nodes that are drawn.
# $all (Number) - Number of Nodes.
find-showing-nodes = Showing { $drawn } of { $all } Nodes
# In place of the numbers, while no namespace of a big cluster is open.
find-open-first = Filters look at open namespaces: open one
