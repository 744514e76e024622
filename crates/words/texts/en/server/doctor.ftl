### What `kubehop doctor` finds.

# $server (String) - The API server's address.
doctor-answers = { $server } answers
# $version (String) - The server's version.
doctor-version = Kubernetes { $version }
# $version (String) - The server's version.
# $oldest (Number) - The minor version that is needed.
doctor-version-too-old = Kubernetes { $version }: kubehop needs 1.{ $oldest } for EndpointSlices; upgrade it
doctor-no-version = the server does not tell its version

## Permissions.

# $kind (String) - The kind.
doctor-permitted = { $kind }: list and watch
# $kind (String) - The kind.
doctor-permitted-everywhere = { $kind }: list and watch in all namespaces
# $kind (String) - The kind.
# $namespace (String) - The namespace.
doctor-permitted-in = { $kind }: list and watch in the namespace { $namespace }
# $kind (String) - The kind.
doctor-absent-service-cidr = { $kind }: this cluster does not have the kind; name its range with --service-cidr
# $kind (String) - The kind.
doctor-absent = { $kind }: this cluster does not have the kind
# $kind (String) - The kind.
# $namespaces (String) - The namespaces.
# $problem (String) - Why not in all.
doctor-shown-only-in = { $kind }: shown in { $namespaces } only. { $problem }
# $kind (String) - The kind.
# $problem (String) - Why.
doctor-no-manifests = { $kind }: the page has no manifests. { $problem }

## kube-proxy's settings.

# $setting (String) - The setting.
# $value (String) - Its value.
doctor-setting-from-flag = { $setting }: { $value }, from the flag
# $setting (String) - The setting.
# $value (String) - Its value.
# $config_map (String) - Its namespace and name.
doctor-setting-from-config-map = { $setting }: { $value }, from the ConfigMap { $config_map }
# $setting (String) - The setting.
# $value (String) - Its value.
# $flag (String) - The flag that sets it.
doctor-setting-assumed = { $setting }: { $value }, assumed; if kube-proxy runs otherwise, say so with { $flag }
# $mode (String) - kube-proxy's mode.
doctor-mode-not-evaluated = proxy-mode: the rules of mode { $mode } are not evaluated; what they decide is UNKNOWN, with what mode iptables would do
# In place of a value.
doctor-no-value = none
