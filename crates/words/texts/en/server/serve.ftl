### What `kubehop` says where it cannot start.

serve-sandbox-api-without-sandbox = --sandbox-api serves the sandbox's API: add --sandbox, or leave it out
# $address (String) - The address.
serve-sandbox-api-on-loopback = --sandbox-api { $address }: whoever reaches the sandbox's API can write to it, so it is served on loopback only: use 127.0.0.1
# $flag (String) - The flag.
# $address (String) - Its value.
# $error (String) - What the system says.
serve-port-in-use = { $flag } { $address }: { $error }; another program uses this port: choose another one, or 0 for any free one
# $flag (String) - The flag.
# $address (String) - Its value.
# $error (String) - What the system says.
serve-port-not-permitted = { $flag } { $address }: { $error }; choose a port above 1023
# $flag (String) - The flag.
# $address (String) - Its value.
# $error (String) - What the system says.
serve-address-not-here = { $flag } { $address }: { $error }; this machine does not have this address
# $flag (String) - The flag.
# $address (String) - Its value.
# $error (String) - What the system says.
serve-no-address = { $flag } { $address }: { $error }; give an address and a port, as in 127.0.0.1:3000
# $context (String) - The context.
# $file (String) - The kubeconfig.
# $known (String) - The contexts that it has.
serve-no-such-context = --context { $context }: there is no such context; { $file } has: { $known }
# $file (String) - The kubeconfig.
# $known (String) - The contexts that it has.
serve-no-current-context = --kubeconfig: no current-context; choose one with --context; { $file } has: { $known }
serve-no-cluster =
    no cluster is configured. Use one of these:
      kubeconfig: name a file with --kubeconfig or $KUBECONFIG, or put it at ~/.kube/config with a current-context;
      in-cluster: run kubehop in a Pod with a service account;
      --sandbox:  look around in the built-in sandbox, without a cluster
# $context (String) - The context.
# $problem (String) - That no cluster is configured.
serve-no-cluster-for-context = --context { $context }: { $problem }
# $value (String) - The value.
# $error (String) - What is wrong with it.
serve-no-scenario = --sandbox={ $value }: { $error }
# $value (String) - The file.
# $error (String) - What the system says.
serve-no-sandbox-file = --sandbox={ $value }: the file cannot be read: { $error }
# $error (String) - What the system says.
serve-failed = serving failed: { $error }
