//! The page's URL: what is shown and selected is in its query, so that a reload or a copied link shows the same.

use leptos::prelude::*;
use topology::find::filter::{Filter, FilterError};
use topology::graph::socket::Selection;
use topology::picture::{Arrangement, Detail, Look};

use crate::browser::{address_query, change_query, matches_media, on_window};
use crate::conn::Query;
use crate::question::Question;
use crate::start::Start;

/// The query of the page's address, in its order, and whether the window is so narrow that the table leads.
#[derive(Clone, Copy)]
pub struct PageUrl(RwSignal<Vec<(String, String)>>, RwSignal<bool>);

/// How the cluster is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// As the picture.
    Graph,
    /// As a table of the same rows.
    Table,
}

/// Makes the page's address known to all components; in the browser it follows Back and Forward.
pub fn provide(start: &Start) {
    let url = PageUrl(RwSignal::new(parse(&start.query)), RwSignal::new(false));
    provide_context(url);
    watch_width(url.1);
    on_window(leptos::ev::popstate, move |_| url.0.set(parse(&address_query())));
}

/// Below this width of the window the table leads (as in `style/top.css`).
const NARROW: &str = "(max-width: 719px)";

fn watch_width(narrow: RwSignal<bool>) {
    let measure = move || {
        let now = matches_media(NARROW);
        if narrow.get_untracked() != now {
            narrow.set(now);
        }
    };
    measure();
    on_window(leptos::ev::resize, move |_| measure());
}

/// The page's address.
pub fn here() -> PageUrl {
    use_context().unwrap_or_else(|| PageUrl(RwSignal::default(), RwSignal::default()))
}

fn parse(query: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

impl PageUrl {
    /// A parameter, trimmed; empty if there is none.
    pub fn get(self, name: &str) -> String {
        self.0.with(|pairs| value(pairs, name).trim().to_owned())
    }

    /// A parameter as it is now, for what does not follow it.
    pub fn peek(self, name: &str) -> String {
        self.0.with_untracked(|pairs| value(pairs, name).trim().to_owned())
    }

    /// The query with these parameters changed; an empty value leaves one out.
    pub fn with(self, changes: &[(&str, &str)]) -> String {
        let mut pairs = self.0.get_untracked();
        pairs.retain(|(name, value)| !value.is_empty() && !changes.iter().any(|(changed, _)| changed == name));
        let added = changes.iter().filter(|(_, value)| !value.is_empty());
        pairs.extend(added.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let mut text = form_urlencoded::Serializer::new(String::new());
        text.extend_pairs(pairs).finish()
    }

    /// The open namespaces with one more, as they stand in the query.
    pub fn with_namespace(self, name: &str) -> String {
        let mut all = names(&self.peek("namespaces"));
        all.push(name.to_owned());
        all.join(",")
    }

    /// A link to this page with these parameters changed.
    pub fn link(self, changes: &[(&str, &str)]) -> String {
        self.0.track();
        format!("?{}", self.with(changes))
    }

    /// A link to another context, in the same language and view.
    pub fn to_context(self, name: &str) -> String {
        let kept = ["lang", "view"].map(|name| (name, self.get(name)));
        let kept = kept.iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| (*name, value.as_str()));
        let mut text = form_urlencoded::Serializer::for_suffix("?".to_owned(), 1);
        text.extend_pairs([("context", name)].into_iter().chain(kept)).finish()
    }

    /// The same, followed.
    pub fn follow(self, changes: &[(&str, &str)]) -> String {
        self.0.track();
        self.with(changes)
    }

    /// Changes parameters; the rest of the query stays. Back undoes it.
    pub fn go(self, changes: &[(&str, &str)]) {
        self.change(changes, true);
    }

    /// Changes parameters without a step that Back would undo.
    pub fn note(self, changes: &[(&str, &str)]) {
        self.change(changes, false);
    }

    fn change(self, changes: &[(&str, &str)], step: bool) {
        let query = self.with(changes);
        let pairs = parse(&query);
        if self.0.with_untracked(|now| *now == pairs) {
            return;
        }
        change_query(&query, step);
        self.0.set(pairs);
    }
}

fn value<'a>(pairs: &'a [(String, String)], name: &str) -> &'a str {
    // An empty one is left out when the address changes: it does not count before, either.
    pairs.iter().find(|(own, value)| own == name && !value.is_empty()).map_or("", |(_, value)| value)
}

/// A list of names as it stands in the query.
pub fn names(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// What of the cluster the URL asks for.
pub fn query() -> Memo<Query> {
    let url = here();
    let overview = is_big();
    Memo::new(move |_| {
        let context = Some(url.get("context")).filter(|name| !name.is_empty());
        Query { context, namespaces: names(&url.get("namespaces")), overview }
    })
}

/// The name of the context that is shown.
pub fn context() -> Memo<String> {
    let (url, current) = (here(), use_context::<Start>().map(|start| start.context).unwrap_or_default());
    Memo::new(move |_| Some(url.get("context")).filter(|name| !name.is_empty()).unwrap_or_else(|| current.clone()))
}

/// How the cluster is shown: as the URL says, else by the width of the window.
pub fn view() -> Memo<View> {
    let url = here();
    Memo::new(move |_| match url.get("view").as_str() {
        "graph" => View::Graph,
        "table" => View::Table,
        _ if url.1.get() => View::Table,
        _ => View::Graph,
    })
}

/// Shows the cluster otherwise. Back undoes it.
pub fn show(url: PageUrl, view: View) {
    let text = match view {
        View::Table => "table",
        View::Graph if url.1.get_untracked() => "graph",
        View::Graph => "",
    };
    url.go(&[("view", text)]);
}

/// What the URL asks; a `select` that is no selection selects nothing.
pub fn question() -> Memo<Question> {
    let url = here();
    Memo::new(move |_| Question {
        select: Selection::parse(&url.get("select")),
        from: url.get("from"),
        to: url.get("to"),
    })
}

/// Whether the cluster is too big to be shown as a whole.
pub fn is_big() -> bool {
    use_context::<Start>().is_some_and(|start| start.overview)
}

/// How the URL wants the cluster to be shown, but for the detail, which follows the zoom; and what cannot be read of its filters.
pub fn look() -> Memo<(Look, Option<FilterError>)> {
    let url = here();
    let big = is_big();
    Memo::new(move |_| {
        let RequestedLook { look, wrong, .. } = url.requested_look(big);
        (look, wrong)
    })
}

/// How an address wants the cluster to be shown.
pub struct RequestedLook {
    /// All but the detail.
    pub look: Look,
    /// The zoom, in percent; none if it is left to the page.
    pub zoom: Option<u32>,
    /// What cannot be read of its filters.
    pub wrong: Option<FilterError>,
}

impl PageUrl {
    /// The address of this query.
    pub fn of(query: &str) -> Self {
        Self(RwSignal::new(parse(query)), RwSignal::default())
    }

    /// How the cluster is to be shown; `big` if it is not held as a whole.
    pub fn requested_look(self, big: bool) -> RequestedLook {
        let filter = |name| Filter::parse(&self.get(name));
        let (find, hide) = (filter("find"), filter("hide"));
        let wrong = find.as_ref().err().or(hide.as_ref().err()).cloned();
        let by_node = self.get("by") == "node";
        let look = Look {
            only: (big || !self.get("namespaces").is_empty()).then(|| names(&self.get("namespaces"))),
            detail: Detail::Full,
            arrangement: if by_node { Arrangement::Node } else { Arrangement::Service },
            find: find.unwrap_or_default(),
            hide: hide.unwrap_or_default(),
            troubled: !self.get("problems").is_empty(),
        };
        RequestedLook { look, zoom: zoom(self), wrong }
    }
}

/// The zoom that the URL asks for, in percent; none if it leaves it to the page.
pub fn zoom(url: PageUrl) -> Option<u32> {
    url.peek("zoom").parse().ok().map(|zoom: u32| zoom.clamp(SMALLEST, LARGEST))
}

/// The smallest zoom, in percent: every group is one line there.
pub const SMALLEST: u32 = 50;
/// The largest zoom, in percent.
pub const LARGEST: u32 = 300;
/// Maximum number of Services that are drawn one by one when the page opens.
const MANY: usize = 40;

/// The zoom with which a picture of this number of Services opens, in percent.
pub fn opening(services: usize) -> u32 {
    if services > MANY { SMALLEST } else { 100 }
}

/// How much is drawn at a zoom, in percent (design §5). Below 100 % words are dropped, none gets smaller.
pub fn detail(zoom: u32) -> Detail {
    match zoom {
        0..=62 => Detail::Line,
        63..=87 => Detail::Folded,
        _ => Detail::Full,
    }
}

/// Puts a question into the URL in place of the one that is there. Back undoes it.
pub fn ask(url: PageUrl, question: &Question) {
    let select = question.select.as_ref().map(ToString::to_string).unwrap_or_default();
    url.go(&[("from", &question.from), ("to", &question.to), ("select", &select)]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_changed_and_the_rest_stays() {
        // Signals live in an owner.
        let owner = Owner::new();
        owner.set();
        let url = PageUrl(
            RwSignal::new(parse("context=lab&select=port%3A10.0.0.1%3A80&to=a+b&empty=")),
            RwSignal::new(false),
        );
        assert_eq!(url.get("select"), "port:10.0.0.1:80");
        assert_eq!(url.get("to"), "a b");
        let twice = PageUrl(RwSignal::new(parse("lang=&lang=zh&lang=en")), RwSignal::new(false));
        assert_eq!((twice.get("lang").as_str(), twice.with(&[]).as_str()), ("zh", "lang=zh&lang=en"));
        assert_eq!(url.with(&[("select", ""), ("to", "x=1&y"), ("lang", "zh")]), "context=lab&to=x%3D1%26y&lang=zh");
        assert_eq!(url.to_context("a b"), "?context=a+b");
        assert_eq!(url.with(&[("context", "")]), "select=port%3A10.0.0.1%3A80&to=a+b");
    }
}
