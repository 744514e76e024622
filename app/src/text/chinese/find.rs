use crate::text::FindWords;

pub(super) const FIND: FindWords = FindWords {
    search: "搜索",
    search_label: "按名称、地址、端口或标签搜索",
    nothing: "没有匹配项。",
    filters: "筛选",
    find: "查找",
    hide: "隐藏",
    apply: "应用",
    problems_only: "只看有问题的",
    by_node: "按 Node 排列",
    examples: "示例",
    language: "条件针对 Service 及其所属的一切：kind、ns、name、label、port、ip、node、type、is。各条件须同时满足；多选一用 or 隔开，条件前加 not 或 - 表示排除。",
    remove: |label| format!("去掉“{label}”"),
    showing: |drawn, all| format!("显示 {all} 个 Service 中的 {drawn} 个"),
    open_first: "筛选只作用于已打开的命名空间：请先打开一个",
    showing_nodes: |drawn, all| format!("显示 {all} 个 Node 中的 {drawn} 个；没有 Pod 落在 Node 上的 Service 不显示"),
    problems: |errors, warnings| match errors + warnings {
        0 => "没有问题".to_owned(),
        n => format!("{n} 个问题"),
    },
};
