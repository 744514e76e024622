### Where a wrong text stands: a flag, a parameter of a URL, a line of a batch.

# $parameter (String) - The flag, or the parameter.
# $text (String) - Its text.
# $error (String) - What is wrong with it.
error-in-text = { $parameter } { $text }: { $error }
# $parameter (String) - The flag, or the parameter.
# $error (String) - What is wrong with it.
error-in-parameter = { $parameter }: { $error }
# $line (String) - The line.
error-no-question = `{ $line }` is not SRC DST [NODE]
error-stdin-twice = --batch - and -f -: stdin can be one of them only

## What is wrong with a file of a cluster, after its position.

# $file (String) - The file.
# $error (String) - What the system says.
file-unreadable = { $file }: cannot be read: { $error }
# $place (String) - The file, or a position in it.
# $part (String) - The position in that.
file-place = { $place }, { $part }
# $document (Number) - Its number, from 1.
file-document = document { $document }
# $line (Number) - Its number, from 1.
file-line = line { $line }
# $column (Number) - Its number, from 1.
file-column = column { $column }
# $kind (String) - The kind of the object.
# $object (String) - Its namespace and name.
# $file (String) - The file that has the first object of this name.
# $line (Number) - The line of the first object.
file-repeated-object = { $kind } { $object } is also at { $file }, line { $line }, and is not the same there: leave one out
# $directory (String) - The directory.
file-empty-directory = { $directory }: the directory has no .yaml, .yml or .json file
# $files (String) - The files.
file-no-objects = { $files }: no object in it
file-kubectl-table = this is a table of kubectl get: print the objects, with -o yaml
file-kubectl-description = this is what kubectl describe prints: print the objects, with kubectl get -o yaml
file-helm-template = this is a template of a Helm chart: use what helm template prints
file-helm-chart = this is a Helm chart, not its objects: use what helm template prints
file-kustomization = this is a kustomization, not its objects: use what kubectl kustomize prints

## What is wrong with a file that is no text.

# $format (String) - The format.
file-archive = this is an archive ({ $format }): unpack it, and name the directory
# $format (String) - The format.
file-compressed = this is compressed ({ $format }): decompress it first, or use gzip
# $error (String) - What the library says.
file-broken-gzip = this gzip cannot be decompressed: { $error }
# $most (Number) - The most that is read, in GB.
file-too-long = this gzip has more than { $most } GB of text
file-utf-32 = this is UTF-32: save it as UTF-8
# $line (Number) - The line, from 1.
file-no-text = line { $line } is no text: save the file as UTF-8
