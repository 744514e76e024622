### How names, and sentences, stand one after the other.

list-separator = 、
sentence-separator = { "" }
list-alternatives = { $names } 或 { $last }
sentence-whole = { $sentence }。
sentence-joined = { $sentence }；{ $next }
