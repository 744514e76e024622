### What is known of each kind of objects.

known-not-loaded = not asked for
known-loading = first list under way
known-synced = live
known-stale = stale
known-forbidden = no permission to list and watch
known-absent = not in this cluster
known-not-in-files = not in the files
known-omitted-from-files = left out of the files, although the cluster has some
known-not-applied = not made yet: no cluster has run these manifests
# $time (String) - The time of day.
known-stale-since = stale since { $time }
# $kind (String) - The objects of a kind.
# $namespace (String) - The namespace.
known-in-namespace = { $kind } in { $namespace }
# $kind (String) - The objects of a kind.
# $count (Number) - Number of namespaces, at least two.
known-in-namespaces = { $kind } in { $count } namespaces

## The objects of each kind.

kind-nodes = Nodes
kind-namespaces = Namespaces
kind-service-cidrs = ServiceCIDRs
kind-services = Services
kind-endpoint-slices = EndpointSlices
kind-endpoints-of-slices = endpoints
kind-endpoints = Endpoints
kind-pods = Pods

## The list folds to one line.

known-all-live = everything that is watched is live
known-not-all-live = not everything is live
