//! Texts of the top bar's menus and of the help.

use topology::wire::ContextState;

/// The top bar's menus and buttons.
#[expect(missing_docs, reason = "named after the text; `english` shows each one")]
pub struct TopWords {
    pub loading: &'static str,
    /// The list of contexts could not be fetched; with the error.
    pub no_contexts: fn(&str) -> String,
    pub context_state: fn(ContextState) -> &'static str,
    /// A namespace that the URL names and the cluster does not have.
    pub not_in_cluster: &'static str,
    /// The same, where the namespaces of the cluster may not be listed.
    pub not_known: &'static str,
    /// In place of all namespaces, where the cluster is too big for that: none is open, and all are counted.
    pub overview: &'static str,
    pub filter_namespaces: &'static str,
    /// How many are open, of how many.
    pub some_of: fn(usize, usize) -> String,
    /// The label of the two buttons.
    pub view: &'static str,
    pub graph: &'static str,
    pub table: &'static str,
    pub pause: &'static str,
    pub resume: &'static str,
    /// The languages: this one, then the other, each in its own words.
    pub languages: (&'static str, &'static str),
    /// What the other is for, in the words of its readers.
    pub other_language: &'static str,
    pub theme_system: &'static str,
    pub theme_light: &'static str,
    pub theme_dark: &'static str,
    pub help: &'static str,
    pub more: &'static str,
}

/// How fresh the data is.
#[expect(missing_docs, reason = "named after the text; `english` shows each one")]
pub struct StatusWords {
    pub connecting: &'static str,
    /// Pods and Services that are there already.
    pub connecting_so_far: fn(usize, usize) -> String,
    /// Kinds whose first list is under way.
    pub still_loading: fn(&[&str]) -> String,
    pub live: &'static str,
    /// The last changes came so many seconds late.
    pub behind: fn(u32) -> String,
    pub paused: &'static str,
    /// So many changes wait.
    pub paused_waiting: fn(usize) -> String,
    pub stale: &'static str,
    /// With the time of day.
    pub stale_since: fn(&str) -> String,
    /// Kinds of an earlier moment, with the time of day.
    pub stale_kinds: fn(&[&str], &str) -> String,
    /// The kubehop server itself does not answer; with the time of day.
    pub lost_since: fn(&str) -> String,
    /// Kinds that may not be watched.
    pub forbidden_kinds: fn(&[&str]) -> String,
    /// Which verb the API server refused, in its own words.
    pub refused: fn(&str) -> String,
    /// The server's words about the connection to the cluster.
    pub cluster_trouble: fn(&str) -> String,
    /// What went wrong between the page and the kubehop server.
    pub server_trouble: fn(&str) -> String,
}

/// The help.
#[expect(missing_docs, reason = "named after the text; `english` shows each one")]
pub struct HelpWords {
    pub title: &'static str,
    pub close: &'static str,
    pub keys: &'static str,
    /// A key, or several separated by spaces, and what it does.
    pub key: [(&'static str, &'static str); 13],
    pub shapes: &'static str,
    /// What the shapes of the legend mean, in its order.
    pub shape: [&'static str; 6],
    pub lines: &'static str,
    pub line: [&'static str; 4],
    pub states: &'static str,
    pub state: [&'static str; 5],
}
