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
