//! The picture as a self-contained SVG document, for a wiki or a chat. It has the same drawing as the first response.
//!
//! The document includes its styles and shapes. It has no scripts, no references to other files, and no pointer states.

mod heads;
mod problem;
mod shapes;
mod style;
#[cfg(test)]
mod tests;
mod xml;

use leptos::prelude::*;
pub use problem::PictureProblem;
use topology::cluster::key::Kind;
use topology::graph::socket::Selection;
use topology::picture::{Arrangement, Light};

use crate::first_paint::Drawn;
use crate::freshness::Freshness;
use crate::inspector::verdict;
use crate::question::Question;
use crate::source::{ContextView, Source};
use crate::text::{Language, PageText, Words};
use crate::top::{StatusLine, connection_problems};
use crate::url::PageUrl;

/// The colours of a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Dark on light.
    #[default]
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// Reads `light` or `dark`.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "light" => Some(Self::Light),
            "dark" => Some(Self::Dark),
            _ => None,
        }
    }
}

/// The parameters of a picture.
#[derive(Clone, Debug, Default)]
pub struct PictureParams {
    /// The context's name.
    pub context: String,
    /// The namespaces; empty for all.
    pub namespaces: Vec<String>,
    /// The whole query of the request. It has the same keys as the page's URL, such as the filters.
    pub query: String,
    /// Whether the cluster is too big to be drawn as a whole.
    pub overview: bool,
    /// The selection.
    pub select: Option<Selection>,
    /// The source of the packet, as text; empty if none is given.
    pub from: String,
    /// The destination of the packet, as text; empty if none is given. A destination comes before a selection.
    pub to: String,
    /// The language.
    pub language: Language,
    /// The colours.
    pub theme: Theme,
    /// The time, as text for the foot of the picture.
    pub at: String,
}

/// Width of the margin around the picture, in px.
const MARGIN: i32 = 24;
/// Height of the lines above the picture, in px: title and verdict.
const TITLE: i32 = 52;
/// Height of the heads of the lanes, in px.
const HEADS: i32 = 44;
/// Height of a line at the foot, in px.
const FOOT: i32 = 18;
/// Maximum number of characters in a line of title or verdict (15 px).
const TITLE_LETTERS: usize = 130;
/// Maximum number of characters in a line at the foot (11 px).
const FOOT_LETTERS: usize = 190;

/// Draws the current state of the cluster.
///
/// # Errors
///
/// The problem of a filter, or of `select`, `from` or `to`. While the context connects there is none of the last three.
///
/// # Panics
///
/// Never: a source calls `visit`.
pub fn svg(source: &dyn Source, still: &PictureParams) -> Result<String, PictureProblem> {
    let words = still.language.words();
    let text = PageText::new(still.language, words);
    let owner = Owner::new();
    owner.with(|| {
        provide_context(text);
        let mut drawn = None;
        source.read(&mut |view| drawn = Some(Sheet::of(view, still, text)));
        // The text is written after `read` has returned, so that `read` does not hold the cluster meanwhile.
        drawn.expect("a source calls `visit`").map(|sheet| sheet.document(still.theme, still.language))
    })
}

/// Number of known Pods and of known Services.
fn pods_and_services(view: &ContextView<'_>) -> (usize, usize) {
    (view.index.count(Kind::Pod), view.index.count(Kind::Service))
}

/// A picture with its title, verdict and foot.
struct Sheet {
    drawn: Drawn,
    heads: AnyView,
    title: String,
    verdict: Option<String>,
    foot: Vec<String>,
}

impl Sheet {
    fn of(view: ContextView<'_>, still: &PictureParams, text: PageText) -> Result<Self, PictureProblem> {
        let words = text.words;
        let PictureParams { context, namespaces, select, from, to, at, .. } = still;
        let question = Question { select: select.clone(), from: from.clone(), to: to.clone() };
        let look = PageUrl::of(&still.query).requested_look(still.overview);
        if let Some(error) = look.wrong {
            return Err(PictureProblem::Filter(error));
        }
        let drawn = Drawn::of(view, look, &question);
        let light = drawn.light.as_deref();
        let is_unselected = light.is_none_or(|light| light.selected.is_none());
        let wrong = match (&drawn.wrong, select) {
            (Some((field, problem)), _) => Some(PictureProblem::Question(*field, problem.clone())),
            (None, Some(selection)) if is_unselected && to.is_empty() => {
                Some(PictureProblem::NothingSelected(selection.clone()))
            }
            (None, _) => None,
        };
        if let Some(wrong) = wrong.filter(|_| drawn.state != Freshness::Connecting) {
            return Err(wrong);
        }
        let shown = if namespaces.is_empty() { words.frame_all_namespaces() } else { namespaces.join(", ") };
        let title = words.picture_title(context, shown);
        let verdict = light.and_then(|light| question_text(light, !from.is_empty(), words)).map(|question| match light
            .and_then(|light| verdict(light, text))
        {
            Some(verdict) => words.picture_asked(question, verdict.head),
            None => question,
        });
        let (some, all) = drawn.shown;
        let mut state = vec![at.clone(), StatusLine::of(view.status, pods_and_services(&view), words).text];
        state.extend((some < all).then(|| match drawn.arrangement {
            Arrangement::Service => words.picture_showing_services(some, all),
            Arrangement::Node => words.picture_showing_nodes(some, all),
        }));
        let foot = std::iter::once(state.join(" · ")).chain(connection_problems(view.status, words)).collect();
        let heads = heads::heads(light, &drawn.lanes, words);
        Ok(Self { heads, title, verdict, foot, drawn })
    }

    fn document(self, theme: Theme, language: Language) -> String {
        let Self { drawn, heads, title, verdict, foot } = self;
        let Drawn { slots, height, lanes, light, state, seq, .. } = drawn;
        let heads = xml::of_html(&heads.to_html());
        let picture = xml::of_html(&slots.to_html());
        let state = state.as_str();
        let (top, lines) = (MARGIN + TITLE, i32::try_from(foot.len()).unwrap_or_default());
        let (width, canvas) = (lanes.width() + 2 * MARGIN, HEADS + height);
        let whole = top + canvas + FOOT * lines + MARGIN;
        let line = |class: &str, y: i32, most: usize, text: &str| {
            format!(r#"<text class="{class}" x="{MARGIN}" y="{y}">{}</text>"#, xml::escaped(&cut(text, most)))
        };
        let name = verdict.iter().fold(title.clone(), |name, verdict| format!("{name} · {verdict}"));
        let mut document = format!(
            r#"<svg xmlns="http://www.w3.org/2000/svg" lang="{}" class="graph{}" role="img" aria-label="{}" data-status="{state}" data-seq="{seq}" viewBox="0 0 {width} {whole}" width="{width}" height="{whole}">"#,
            language.tag(),
            if light.is_some_and(|light| light.stopped()) { " stopped" } else { "" },
            xml::escaped(&name),
        );
        document.extend(["<title>", &xml::escaped(&name), "</title><style>", style::sheet(theme), "</style>"]);
        document.extend(["<defs>", &shapes::used_in(&picture), "</defs>"]);
        document.push_str(&format!(
            r#"<rect class="margin" width="{width}" height="{whole}"/><rect class="canvas" x="{MARGIN}" y="{top}" width="{}" height="{canvas}" rx="6"/>"#,
            lanes.width()
        ));
        document.push_str(&line("what", MARGIN + 12, TITLE_LETTERS, &title));
        document.extend(verdict.map(|verdict| line("verdict", MARGIN + 36, TITLE_LETTERS, &verdict)));
        document.push_str(&format!(r#"<g transform="translate({MARGIN} {top})">{heads}</g>"#));
        document.push_str(&format!(r#"<g transform="translate({MARGIN} {})">{picture}</g>"#, top + HEADS));
        for (text, n) in foot.iter().zip(1..) {
            document.push_str(&line("foot", top + canvas + FOOT * n, FOOT_LETTERS, text));
        }
        document.push_str("</svg>\n");
        document
    }
}

/// The reader's question as text; `None` if nothing is selected and no destination is given.
fn question_text(light: &Light, from_is_given: bool, words: &Words) -> Option<String> {
    let from = light.source.as_ref().filter(|_| from_is_given || light.to.is_some()).map(ToString::to_string);
    Some(match (&light.to, &light.selected, from) {
        (Some(target), _, Some(source)) => words.picture_from_to(source, target.to_string()),
        (Some(target), _, None) => words.picture_to(target.to_string()),
        (None, Some(socket), from) => {
            let label = words.socket_label(words.socket_name(socket.kind), &socket.address, socket.object_text());
            match from {
                Some(source) => words.picture_from_socket(source, label),
                None => label,
            }
        }
        (None, None, _) => return None,
    })
}

/// Cuts a text to `most` characters, so that it stays within the picture.
fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
