### The details of HTTP errors.

# $reason (String) - What the parser says.
http-query-does-not-parse = the query does not parse: { $reason }
# $parameter (String) - The parameter.
# $usage (String) - The path with its parameters.
http-missing = { $parameter } is missing: { $usage }
# $parameter (String) - The parameter.
# $value (String) - Its value.
http-no-flag = { $parameter }: `{ $value }` is neither true nor false
# $parameter (String) - The parameter.
# $value (String) - Its value.
http-no-selection = { $parameter }: `{ $value }` is none; it looks like nodePort:192.168.56.12:30001
# $parameter (String) - The parameter.
# $value (String) - Its value.
# $one (String) - A value that there is.
# $other (String) - The other value that there is.
http-no-choice = { $parameter }: `{ $value }` is none; there is { $one } and { $other }
# $kind (String) - The kind, as asked for.
http-no-kind = kind: kubehop reads no `{ $kind }`
# $parameter (String) - The parameter.
# $value (String) - Its value.
http-no-namespace = { $parameter }: `{ $value }` cannot be a namespace's name
# $kind (String) - The kind.
http-not-namespaced = namespace: a { $kind } has none
# $parameter (String) - The parameter.
# $value (String) - Its value.
http-no-cursor = { $parameter } `{ $value }` is not a cursor: it looks like `0f3c9a21-42`
# $name (String) - The name, as asked for.
# $kind (String) - The kind.
http-no-name = name: `{ $name }` cannot be the name of a { $kind }
# $kind (String) - The kind.
# $others (String) - The kinds that there are manifests of.
http-no-manifest-of-kind = kind: no manifest of a { $kind }; there is that of a { $others }
# $context (String) - The context, as asked for.
# $known (String) - The contexts that there are.
http-no-context = there is no context `{ $context }`; there is: { $known }
# $shown (String) - The namespaces that are shown.
# $namespace (String) - The namespace, as asked for.
http-namespace-not-shown = this kubehop shows only the namespaces { $shown }, not { $namespace }

## An object and its manifest.

http-not-connected = kubehop is not connected to this cluster yet
# $kind (String) - The kind of the object.
# $object (String) - Its namespace and name.
# $kilobytes (Number) - The longest manifest, in kB.
http-manifest-too-long = { $kind } { $object }: its manifest is longer than { $kilobytes } kB, even with its annotations cut
# $kind (String) - The kind of the object.
# $object (String) - Its namespace and name.
# $reason (String) - Why it cannot be written as YAML.
http-manifest-not-written = { $kind } { $object }: { $reason }
# $server (String) - The API server's address.
# $kind (String) - The kind of the object.
# $object (String) - Its namespace and name.
http-other-answer = { $server } answered with something else than the { $kind } { $object }
# $server (String) - The API server's address.
# $kind (String) - The kind of the object.
# $object (String) - Its namespace and name.
http-no-object = { $server } has no { $kind } { $object }, or no longer

## Requests, and who sends them.

# $path (String) - The path.
http-no-api-path = the API has no path { $path }
http-no-file = there is no such page or file
http-only-get = kubehop only reads: use GET
http-only-health = here are /livez, /readyz and /metrics only
# $path (String) - The base path.
http-outside-base-path = kubehop is at { $path }/ here, as --base-path says
http-path-does-not-parse = the path does not parse
# $length (Number) - Length of the URL, in bytes.
# $longest (Number) - Longest URL that is read, in bytes.
http-url-too-long = the URL has { $length } bytes: more than { $longest } are not read
http-no-coding = Accept-Encoding refuses every form that an answer can have: accept gzip, br or identity
http-body = kubehop only reads: its requests have no body
# $seconds (Number) - How long an answer may take, in s.
http-too-slow = no answer within { $seconds } s: the server has too much to do
http-busy = too many questions are being answered: ask again in a moment
http-stopping = stopping
http-no-host = the request needs one header Host: NAME[:PORT]
# $host (String) - The name that the request was sent to.
http-misdirected-on-loopback = Host: kubehop does not answer to the name { $host }: use localhost, 127.0.0.1 or [::1], or start it with --allow-host { $host }
# $host (String) - The name that the request was sent to.
http-misdirected = Host: kubehop does not answer to the name { $host }: use its IP address or localhost, or start it with --allow-host { $host }
# $origin (String) - The site.
http-other-origin = Origin: another site ({ $origin }) may not read this cluster. If a proxy serves kubehop there, start it with --allow-host and that name
# $site (String) - What the browser says of the site.
http-cross-site = Sec-Fetch-Site: { $site }: pages of other sites may link to kubehop, but not fetch or embed it

## What is wrong with a question, by its parameter.

# $reason (String) - What is wrong with the source, and what would be right.
question-wrong-from = from: { $reason }
# $reason (String) - What is wrong with the destination, and what would be right.
question-wrong-to = to: { $reason }
# $selection (String) - The selection, as asked for.
question-nothing-selected = select: there is no { $selection }
