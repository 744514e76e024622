### How names, and sentences, stand one after the other.

list-separator = { ", " }
sentence-separator = { " " }
# $names (String) - All names but the last.
# $last (String) - The last name.
list-alternatives = { $names } or { $last }
