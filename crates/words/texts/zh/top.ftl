### The top bar's menus and buttons.

top-loading = 正在加载
top-no-contexts = 无法列出上下文：{ $error }
# A namespace that the URL names and the cluster does not have.
top-not-in-cluster = 集群中没有
# A namespace that the URL names, where the namespaces of the cluster cannot be listed.
top-not-known = 没有它的任何信息
# In place of all namespaces, where the cluster is too big for that: none is open, and all are counted.
top-overview = 总览
top-filter-namespaces = 筛选命名空间
top-some-of = { $all } 个中的 { $open } 个
# The label of the two buttons Graph and Table.
top-view = 视图
top-graph = 图
top-table = 表
top-pause = 暂停
top-resume = 继续
# This language, on the link to the other one.
top-own-language = 中文
# The other language, in its own script.
top-other-language = EN
# What the other language is for, in the words of its readers.
top-read-in-other-language = Read in English
top-theme-system = 主题：跟随系统
top-theme-light = 主题：浅色
top-theme-dark = 主题：深色
top-help = 帮助
top-more = 更多

## The state of a context's connection.

context-idle = 未连接
context-connecting = 正在连接
context-live = 实时
context-stale = 数据已旧
