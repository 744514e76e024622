use crate::text::FindWords;

pub(super) const FIND: FindWords = FindWords {
    search: "Search",
    search_label: "Search names, addresses, ports and labels",
    nothing: "Nothing found.",
    filters: "Filter",
    find: "Find",
    hide: "Hide",
    apply: "Apply",
    problems_only: "Problems only",
    by_node: "Arranged by Node",
    examples: "Examples",
    language: "Terms stand for what belongs to a Service: kind, ns, name, label, port, ip, node, type, is. All must hold; “or” between alternatives, “not” or “-” before a term.",
    remove: |label| format!("Remove {label}"),
    showing: |drawn, all| format!("Showing {drawn} of {all} Services"),
    open_first: "Filters look at open namespaces: open one",
    showing_nodes: |drawn, all| {
        format!("Showing {drawn} of {all} Nodes; Services without a Pod on a Node are left out")
    },
    problems: |errors, warnings| match errors + warnings {
        0 => "No problems".to_owned(),
        1 => "1 problem".to_owned(),
        n => format!("{n} problems"),
    },
};
