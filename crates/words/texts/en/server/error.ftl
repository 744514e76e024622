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
