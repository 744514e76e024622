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
# $known (String) - The scenarios.
scenario-unknown = no such scenario; there are: { $known }
# $wrong (String) - What is wrong with the numbers.
# $form (String) - The form of the scenario with three numbers.
scenario-scale-form = { $wrong }: { $form }[,CHANGES per second], as in scale:5000,150000,10000 or scale:5,100,20,0
scenario-three-or-four = it takes three or four numbers
scenario-changes = CHANGES per second
# $number (String) - The number as the form calls it.
# $text (String) - What is written instead.
# $least (Number) - The least number that is allowed.
# $most (Number) - The greatest number that is allowed.
scenario-no-number = { $number } is `{ $text }`, which is no number; it takes { $least } to { $most }
# $number (String) - The number as the form calls it.
# $text (String) - Its digits.
# $least (Number) - The least number that is allowed.
# $most (Number) - The greatest number that is allowed.
scenario-out-of-range = { $number } is { $text }; it takes { $least } to { $most }
# $pods (Number) - Number of Pods.
# $nodes (Number) - Number of Nodes.
# $each (Number) - Maximum number of Pods on one Node.
# $most (Number) - The most Pods that the Nodes have room for.
# $least (Number) - The fewest Nodes that have room for the Pods.
scenario-too-many-pods = PODS: { $pods } are too many for { $nodes } Nodes of at most { $each } Pods each; ask for { $most } Pods at most, or for { $least } Nodes at least
# $value (String) - The file.
# $error (String) - What the system says.
serve-no-sandbox-file = --sandbox={ $value }: the file cannot be read: { $error }
# $error (String) - What the system says.
serve-failed = serving failed: { $error }
