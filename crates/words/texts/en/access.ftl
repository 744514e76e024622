### What keeps kubehop from a cluster's data.

# $server (String) - The API server's address.
access-connection-refused = cannot reach the API server at { $server }: connection refused: nothing listens there
# $server (String) - The API server's address.
access-no-answer-in-time = cannot reach the API server at { $server }: no answer in time
# $server (String) - The API server's address.
access-connection-broken = cannot reach the API server at { $server }: the connection broke
# $server (String) - The API server's address.
# $reason (String) - What the API server or a library says, in its own words.
access-unreachable = cannot reach the API server at { $server }: { $reason }
# $server (String) - The API server's address.
# $seconds (Number) - Time without an answer, in s.
access-silent = { $server } accepts connections, but has not answered for { $seconds } s

## TLS, and what helps.

# $server (String) - The API server's address.
# $reason (String) - What the API server or a library says, in its own words.
# $remedy (String) - What helps.
access-not-trusted = no trusted connection to { $server }: { $reason }; { $remedy }
remedy-renew-client-certificate = the client certificate in the kubeconfig has expired: renew it; kubehop reads it anew and needs no restart
remedy-renew-server-certificate = the API server's certificate has expired, or this machine's clock is wrong: renew it on the control plane
remedy-use-name-of-certificate = use a name that the certificate has, or set tls-server-name in the kubeconfig
remedy-check-authority = check the certificate authority in the kubeconfig

## Credentials and permissions.

# $server (String) - The API server's address.
# $reason (String) - What the API server or a library says, in its own words.
access-credentials-refused = { $server } refuses the credentials (401 { $reason }): the token may have expired. Log in again; kubehop reads the kubeconfig anew and needs no restart
# $server (String) - The API server's address.
# $reason (String) - What the API server or a library says, in its own words.
access-no-credentials = no credentials for { $server }: { $reason }
# $resource (String) - The resource, with its API group.
# $verb (String) - The verb.
# $user (String) - Who may not.
# $whole_cluster (Bool) - Whether it is refused in the whole cluster.
# $namespace (String) - Where it is refused otherwise.
# $cluster_role (Bool) - Whether the rule belongs into a ClusterRole.
# $role_namespace (String) - The namespace of the Role otherwise.
# $rule (String) - The rule, in YAML.
access-forbidden = { $resource }: { $verb } is forbidden for { $user } { $whole_cluster ->
        [true] at the cluster scope
       *[false] in the namespace { $namespace }
    }; { $cluster_role ->
        [true] grant it in a ClusterRole
       *[false] grant it in a Role in the namespace { $role_namespace }
    }: { $rule }
# $resource (String) - The resource, with its API group.
# $verb (String) - The verb.
# $reason (String) - What the API server or a library says, in its own words.
# $cluster_role (Bool) - Whether the rule belongs into a ClusterRole.
# $role_namespace (String) - The namespace of the Role otherwise.
# $rule (String) - The rule, in YAML.
access-forbidden-otherwise = { $resource }: { $verb } is forbidden (403 { $reason }); { $cluster_role ->
        [true] grant it in a ClusterRole
       *[false] grant it in a Role in the namespace { $role_namespace }
    }: { $rule }

## Answers.

# $server (String) - The API server's address.
# $reason (String) - What the API server or a library says, in its own words.
access-not-served = { $server } does not have this kind (404 { $reason })
# $server (String) - The API server's address.
# $status (String) - The status line.
# $seconds (Number) - When to ask again, in s.
access-busy = { $server } has too much to do ({ $status }, to be asked again in { $seconds } s)
# $server (String) - The API server's address.
# $status (Number) - The status code.
# $reason (String) - What the API server or a library says, in its own words.
access-http-error = { $server } answered { $status }: { $reason }
# $server (String) - The API server's address.
# $reason (String) - What the API server or a library says, in its own words.
access-version-expired = { $server } says that the version it gave just before is too old (410 { $reason })
# $server (String) - The API server's address.
# $objects (Number) - After how many objects it was given up.
access-list-endless = { $server } does not answer as a Kubernetes API server does: a list does not end; it was given up after { $objects } objects
# $server (String) - The API server's address.
# $found (String) - What the answer says that it is.
# $expected (String) - What was asked for.
access-other-kind = { $server } does not answer as a Kubernetes API server does: it sent a { $found }, not a { $expected }
# $server (String) - The API server's address.
# $megabytes (Number) - The most that is read, in MB.
access-answer-too-large = { $server } sent more than { $megabytes } MB at once, and the rest was not read
# $server (String) - The API server's address.
access-list-without-version = { $server } does not answer as a Kubernetes API server does: its lists have no version
# $server (String) - The API server's address.
# $reason (String) - What the API server or a library says, in its own words.
access-undecodable = { $server } sent what does not decode: { $reason }
# $server (String) - The API server's address.
access-unknown-event = { $server } sent what does not decode: an event of no type that a watch has
# $server (String) - The API server's address.
access-nameless-object = { $server } sent what does not decode: an object without a name or without a version
# $server (String) - The API server's address.
access-event-cut-short = { $server } sent what does not decode: a watch's event was cut short on its way
# $method (String) - The method.
access-write-refused = kubehop only reads clusters: a { $method } request was refused before it left
access-listed-anew = the whole cluster may be listed now, and is being listed

## Configuration.

# $file (String) - The kubeconfig.
# $reason (String) - What the API server or a library says, in its own words.
access-kubeconfig-unreadable = kubeconfig { $file }: cannot be read: { $reason }
# $file (String) - The file.
# $seconds (Number) - How long it was waited for, in s.
access-file-hangs = { $file } cannot be read: nothing came for { $seconds } s; it may be a pipe, or be on a file system that does not answer
# $file (String) - The kubeconfig.
# $reason (String) - What the API server or a library says, in its own words.
access-kubeconfig-invalid = kubeconfig { $file }: is not a valid kubeconfig: { $reason }
# $file (String) - The kubeconfig.
access-no-current-context = kubeconfig { $file }: has no current-context: name one with --context
# $file (String) - The kubeconfig.
# $context (String) - The context.
# $known (String) - The contexts that it has.
access-no-such-context = kubeconfig { $file }: has no context `{ $context }`; it has: { $known }
# $file (String) - The kubeconfig.
# $reason (String) - What the API server or a library says, in its own words.
access-kubeconfig-incomplete = kubeconfig { $file }: { $reason }
# $reason (String) - What the API server or a library says, in its own words.
access-no-service-account = in-cluster configuration: { $reason }
# $server (String) - The API server's address.
# $reason (String) - What the API server or a library says, in its own words.
access-no-client = cannot set up a client for { $server }: { $reason }
# $server (String) - The API server's address.
# $proxy (String) - The proxy.
access-proxy-unsupported = kubehop cannot use the proxy { $proxy } for { $server }: its URL begins with http://, https:// or socks5://
# $server (String) - The API server's address.
# $command (String) - The plugin's command.
# $seconds (Number) - How long it ran, in s.
access-plugin-hangs = no credentials for { $server }: the plugin { $command } did not end within { $seconds } s and was stopped
# $server (String) - The API server's address.
# $command (String) - The plugin's command.
# $reason (String) - How it ended.
access-plugin-failed = no credentials for { $server }: the plugin { $command } fetched none: { $reason }
# $seconds (Number) - When it begins anew, in s.
access-context-failed = kubehop failed at its own work on this context, and begins anew in { $seconds } s; its log says more
access-closed = the connection was closed
access-unknown = a problem that only a newer version of kubehop knows
