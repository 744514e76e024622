### Search, filters and their chips.

find-search = 搜索
find-search-label = 按名称、地址、端口或标签搜索
find-nothing = 没有匹配项。
find-filters = 筛选
find-find = 查找
find-hide = 隐藏
find-apply = 应用
find-problems-only = 只看有问题的
find-by-node = 按 Node 排列
find-examples = 示例
# The language of filters in one paragraph.
find-language = 条件针对 Service 及其所属的一切：kind、ns、name、label、port、ip、node、type、is。各条件须同时满足；多选一用 or 隔开，条件前加 not 或 - 表示排除。
find-chip = { $field }：{ $term }
find-remove = 去掉“{ $chip }”
find-showing = 显示 { $all } 个 Service 中的 { $drawn } 个
find-showing-nodes = 显示 { $all } 个 Node 中的 { $drawn } 个
# In place of the numbers, while no namespace of a big cluster is open.
find-open-first = 筛选只作用于已打开的命名空间：请先打开一个
