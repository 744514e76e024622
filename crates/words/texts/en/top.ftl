### The top bar's menus and buttons.

top-loading = Loading
# $error (String) - Why, from the server or the browser.
top-no-contexts = The contexts cannot be listed: { $error }
# A namespace that the URL names and the cluster does not have.
top-not-in-cluster = not in this cluster
# A namespace that the URL names, where the namespaces of the cluster cannot be listed.
top-not-known = nothing known of it
# In place of all namespaces, where the cluster is too big for that: none is open, and all are counted.
top-overview = overview
top-filter-namespaces = Filter the namespaces
# $open (Number) - Number of open namespaces.
# $all (Number) - Number of namespaces.
top-some-of = { $open } of { $all }
# The label of the two buttons Graph and Table.
top-view = View
top-graph = Graph
top-table = Table
top-pause = Pause
top-resume = Resume
# This language, on the link to the other one.
top-own-language = EN
# The other language, in its own script.
top-other-language = 中文
# What the other language is for, in the words of its readers.
top-read-in-other-language = 用中文阅读
top-theme-system = Theme: as the system
top-theme-light = Theme: light
top-theme-dark = Theme: dark
top-help = Help
top-more = More

## The state of a context's connection.

context-idle = not connected
context-connecting = connecting
context-live = live
context-stale = stale
