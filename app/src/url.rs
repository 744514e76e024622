//! The page's URL. Its query holds what is shown and selected, so that a reload or a copied link shows the same.

use leptos::prelude::*;
use topology::find::filter::{Filter, FilterError};
use topology::graph::socket::Selection;
use topology::picture::{Arrangement, Detail, Look};

use crate::browser::{address_query, change_query, matches_media, on_window};
use crate::conn::Query;
use crate::question::Question;
use crate::start::Start;

/// The parameters of the page's query in their order, and whether the window is so narrow that the table is the default view.
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

/// Provides the page's address to all components. In the browser it follows Back and Forward.
pub fn provide(start: &Start) {
    let url = PageUrl(RwSignal::new(parse(&start.query)), RwSignal::new(false));
    provide_context(url);
    watch_width(url.1);
    on_window(leptos::ev::popstate, move |_| url.0.set(parse(&address_query())));
}

/// The media query of windows so narrow that the table is the default view (as in `style/top.css`).
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
    /// The value of a parameter, trimmed; empty if it is missing. Tracks the address.
    pub fn get(self, name: &str) -> String {
        self.0.with(|pairs| value(pairs, name).trim().to_owned())
    }

    /// The value of a parameter like [`PageUrl::get`], without tracking the address.
    pub fn peek(self, name: &str) -> String {
        self.0.with_untracked(|pairs| value(pairs, name).trim().to_owned())
    }

    /// The query with these parameters changed; an empty value removes a parameter.
    pub fn with(self, changes: &[(&str, &str)]) -> String {
        let mut pairs = self.0.get_untracked();
        pairs.retain(|(name, value)| !value.is_empty() && !changes.iter().any(|(changed, _)| changed == name));
        let added = changes.iter().filter(|(_, value)| !value.is_empty());
        pairs.extend(added.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let mut text = form_urlencoded::Serializer::new(String::new());
        text.extend_pairs(pairs).finish()
    }

    /// The value of `namespaces` with this namespace added.
    pub fn with_namespace(self, name: &str) -> String {
        let mut all = names(&self.peek("namespaces"));
        all.push(name.to_owned());
        all.join(",")
    }

    /// Folds a namespace, or unfolds it. No step of the browser's history.
    pub fn fold(self, namespace: &str) {
        let mut all = names(&self.peek("fold"));
        let before = all.len();
        all.retain(|name| name != namespace);
        if all.len() == before {
            all.push(namespace.to_owned());
        }
        self.replace(&[("fold", &all.join(","))]);
    }

    /// A link to this page with these parameters changed. Tracks the address.
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

    /// The query with these parameters changed, like [`PageUrl::with`]. Tracks the address.
    pub fn follow(self, changes: &[(&str, &str)]) -> String {
        self.0.track();
        self.with(changes)
    }

    /// Changes parameters and keeps the rest of the query. Back undoes the change.
    pub fn go(self, changes: &[(&str, &str)]) {
        self.change(changes, true);
    }

    /// Changes parameters without an entry in the browser's history, so Back does not undo the change.
    pub fn replace(self, changes: &[(&str, &str)]) {
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
    // An empty parameter counts as missing, because it is removed when the address changes.
    pairs.iter().find(|(key, value)| key == name && !value.is_empty()).map_or("", |(_, value)| value)
}

/// Parses a list of names of the query, separated by commas.
pub fn names(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

/// The part of the cluster that the URL requests.
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

/// The view: the URL's, else by the width of the window.
pub fn view() -> Memo<View> {
    let url = here();
    Memo::new(move |_| match url.get("view").as_str() {
        "graph" => View::Graph,
        "table" => View::Table,
        _ if url.1.get() => View::Table,
        _ => View::Graph,
    })
}

/// Changes the view. Back undoes the change.
pub fn show(url: PageUrl, view: View) {
    let text = match view {
        View::Table => "table",
        View::Graph if url.1.get_untracked() => "graph",
        View::Graph => "",
    };
    url.go(&[("view", text)]);
}

/// The question of the URL. A `select` that does not parse selects nothing.
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

/// The look of the URL without the detail, which follows the zoom, and the error of its filters.
pub fn look() -> Memo<(Look, Option<FilterError>)> {
    let url = here();
    let big = is_big();
    Memo::new(move |_| {
        let RequestedLook { look, wrong, .. } = url.requested_look(big);
        (look, wrong)
    })
}

/// The look that an address requests.
pub struct RequestedLook {
    /// The look without the detail.
    pub look: Look,
    /// The zoom, in percent; `None` if the page chooses it.
    pub zoom: Option<u32>,
    /// The error of a filter that does not parse.
    pub wrong: Option<FilterError>,
}

impl PageUrl {
    /// The address with this query.
    pub fn of(query: &str) -> Self {
        Self(RwSignal::new(parse(query)), RwSignal::default())
    }

    /// The look that the address requests; `big` if the cluster is too big to be held as a whole.
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
            closed: names(&self.get("fold")).into_iter().collect(),
        };
        RequestedLook { look, zoom: zoom(self), wrong }
    }
}

/// The zoom of the URL, in percent; `None` if the page chooses it.
pub fn zoom(url: PageUrl) -> Option<u32> {
    url.peek("zoom").parse().ok().map(|zoom: u32| zoom.clamp(MIN_ZOOM, MAX_ZOOM))
}

/// Minimum zoom, in percent. Every group is drawn as one line.
pub const MIN_ZOOM: u32 = 50;
/// Maximum zoom, in percent.
pub const MAX_ZOOM: u32 = 300;
/// Maximum number of Services for which the page opens at 100 %.
const MAX_SERVICES_AT_FULL_ZOOM: usize = 40;

/// The zoom at which a picture of this number of Services opens, in percent.
pub fn opening_zoom(services: usize) -> u32 {
    if services > MAX_SERVICES_AT_FULL_ZOOM { MIN_ZOOM } else { 100 }
}

/// The detail at a zoom, in percent (design §5). Below 100 % words are left out; they do not get smaller.
pub fn detail(zoom: u32) -> Detail {
    match zoom {
        0..=62 => Detail::Line,
        63..=87 => Detail::Folded,
        _ => Detail::Full,
    }
}

/// Replaces the question of the URL. Back undoes the change.
pub fn ask(url: PageUrl, question: &Question) {
    let select = question.select.as_ref().map(ToString::to_string).unwrap_or_default();
    url.go(&[("from", &question.from), ("to", &question.to), ("select", &select)]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_changed_and_the_rest_stays() {
        // Signals need an owner.
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
