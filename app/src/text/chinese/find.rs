use crate::text::FindWords;

pub(super) const FIND: FindWords = FindWords {
    search: "搜索",
    search_label: "搜索名称、地址、端口和标签",
    nothing: "在打开的命名空间里没有找到。",
    filters: "筛选",
    find: "只看",
    hide: "隐藏",
    apply: "应用",
    problems_only: "只看有问题的",
    by_node: "按 Node 排列",
    examples: "示例",
    language: "每个条件针对 Service 及其所属对象：kind、ns、name、label、port、ip、node、type、is。条件须全部满足；多选一用 `or` 隔开，排除则在条件前加 `not` 或 `-`。",
    remove: |label| format!("去掉 {label}"),
    showing: |drawn, all| format!("{all} 个 Service 中显示 {drawn} 个"),
    showing_nodes: |drawn, all| format!("{all} 个 Node 中显示 {drawn} 个"),
    problems: |errors, warnings| match errors + warnings {
        0 => "没有问题".to_owned(),
        n => format!("{n} 个问题"),
    },
};
