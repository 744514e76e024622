### How names, and sentences, stand one after the other.

list-separator = 、
sentence-separator = { "" }
