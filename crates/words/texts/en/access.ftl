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
access-list-without-version = { $server } does not answer as a Kubernetes API server does: its lists have no version
# $server (String) - The API server's address.
# $reason (String) - What the API server or a library says, in its own words.
access-undecodable = { $server } sent what does not decode: { $reason }
# $server (String) - The API server's address.
access-unknown-event = { $server } sent what does not decode: an event of no type that a watch has
# $server (String) - The API server's address.
access-nameless-object = { $server } sent what does not decode: an object without a name
# $server (String) - The API server's address.
access-event-cut-short = { $server } sent what does not decode: a watch's event was cut short on its way
# $method (String) - The method.
access-write-refused = kubehop only reads clusters: a { $method } request was refused before it left
access-listed-anew = the whole cluster may be listed now, and is being listed

## Configuration.

# $file (String) - The kubeconfig.
# $reason (String) - What the API server or a library says, in its own words.
access-kubeconfig-unreadable = kubeconfig { $file }: cannot be read: { $reason }
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
access-closed = the connection was closed
access-unknown = a problem that only a newer version of kubehop knows
