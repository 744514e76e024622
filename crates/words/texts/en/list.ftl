### How names, and sentences, stand one after the other.

list-separator = { ", " }
sentence-separator = { " " }
# $names (String) - All names but the last.
# $last (String) - The last name.
list-alternatives = { $names } or { $last }
# $sentence (String) - A sentence without a full stop.
sentence-whole = { $sentence }.
# $sentence (String) - A sentence without a full stop.
# $next (String) - Another one.
sentence-joined = { $sentence }; { $next }
