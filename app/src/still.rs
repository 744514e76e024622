//! The picture as a document of its own, for a wiki or a chat: the drawing of the first response in an SVG that needs nothing else.
//!
//! No script, no reference to anything outside, no state of a pointer: its styles and shapes are in it.

mod heads;
mod shapes;
mod style;
#[cfg(test)]
mod tests;
mod xml;

use leptos::prelude::*;
use topology::cluster::key::Kind;
use topology::graph::socket::Selection;
use topology::picture::{Arrangement, Light};

use crate::first_paint::Drawn;
use crate::inspector::verdict;
use crate::question::{Field, Question};
use crate::source::{Source, View};
use crate::text::{Language, PageText, Words};
use crate::top::{StatusLine, trouble};
use crate::url::PageUrl;

/// The colours.
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

/// What a picture is to show.
#[derive(Clone, Debug, Default)]
pub struct Still {
    /// The context's name.
    pub context: String,
    /// The namespaces; none is all.
    pub namespaces: Vec<String>,
    /// The whole query: what is found, hidden and folded stands in it, as in the page's.
    pub query: String,
    /// Whether the cluster is too big to be drawn as a whole.
    pub overview: bool,
    /// What is selected.
    pub select: Option<Selection>,
    /// Where a packet comes from, as text; empty where none was given.
    pub from: String,
    /// Where it is sent, as text; empty where none was given. It goes before a selection.
    pub to: String,
    /// The language.
    pub language: Language,
    /// The colours.
    pub theme: Theme,
    /// The time, as it is to be read at the foot.
    pub at: String,
}

/// Around the picture.
const MARGIN: i32 = 24;
/// The lines above it: what is shown, and the verdict.
const TITLE: i32 = 52;
/// The heads of its lanes.
const HEADS: i32 = 44;
/// A line at its foot.
const FOOT: i32 = 18;
/// So many letters of 15 px, and of 11 px, go into a line.
const TITLE_LETTERS: usize = 130;
const FOOT_LETTERS: usize = 190;

/// Draws the present moment.
///
/// # Errors
///
/// What is wrong with `select`, `from` or `to`, and what would be right. While nothing is known yet, nothing is wrong.
pub fn svg(source: &dyn Source, still: &Still) -> Result<String, String> {
    let words = still.language.words();
    let text = PageText::new(still.language, words);
    let owner = Owner::new();
    owner.with(|| {
        provide_context(text);
        let mut drawn = None;
        source.read(&mut |view| drawn = Some(Sheet::of(view, still, text)));
        // Nothing waits for the text to be written.
        drawn.unwrap_or_else(|| Err(String::new())).map(|sheet| sheet.document(still.theme, still.language))
    })
}

/// How many Pods and Services are known.
fn so_far(view: &View<'_>) -> (usize, usize) {
    (view.index.count(Kind::Pod), view.index.count(Kind::Service))
}

/// A picture with the words around it.
struct Sheet {
    drawn: Drawn,
    heads: AnyView,
    title: String,
    verdict: Option<String>,
    foot: Vec<String>,
}

impl Sheet {
    fn of(view: View<'_>, still: &Still, text: PageText) -> Result<Self, String> {
        let words = text.words;
        let Still { context, namespaces, select, from, to, at, .. } = still;
        let question = Question { select: select.clone(), from: from.clone(), to: to.clone() };
        let look = PageUrl::of(&still.query).requested_look(still.overview);
        if let Some(error) = &look.wrong {
            return Err(words.filter_wrong(words.filter_error(error)));
        }
        let drawn = Drawn::of(view, look, &question);
        let light = drawn.light.as_deref();
        let nothing = light.is_none_or(|light| light.selected.is_none());
        let wrong = match (&drawn.wrong, select) {
            (Some((Field::From, problem)), _) => Some(words.question_wrong_from(problem.text(words))),
            (Some((Field::To, problem)), _) => Some(words.question_wrong_to(problem.text(words))),
            (None, Some(selection)) if nothing && to.is_empty() => {
                Some(words.question_nothing_selected(selection.to_string()))
            }
            (None, _) => None,
        };
        if let Some(wrong) = wrong.filter(|_| drawn.state != "connecting") {
            return Err(wrong);
        }
        let shown = if namespaces.is_empty() { words.frame_all_namespaces() } else { namespaces.join(", ") };
        let title = words.picture_title(context, shown);
        let verdict = light.and_then(|light| asked(light, !from.is_empty(), words)).map(|asked| {
            match light.and_then(|light| verdict(light, text)) {
                Some(verdict) => words.picture_asked(asked, verdict.head),
                None => asked,
            }
        });
        let (some, all) = drawn.shown;
        let mut state = vec![at.clone(), StatusLine::of(view.status, so_far(&view), words).text];
        state.extend((some < all).then(|| match drawn.arrangement {
            Arrangement::Service => words.picture_showing_services(some, all),
            Arrangement::Node => words.picture_showing_nodes(some, all),
        }));
        let foot = std::iter::once(state.join(" · ")).chain(trouble(view.status, words)).collect();
        let heads = heads::heads(light, &drawn.lanes, words);
        Ok(Self { heads, title, verdict, foot, drawn })
    }

    fn document(self, theme: Theme, language: Language) -> String {
        let Self { drawn, heads, title, verdict, foot } = self;
        let Drawn { slots, height, lanes, light, state, seq, .. } = drawn;
        let heads = xml::of_html(&heads.to_html());
        let picture = xml::of_html(&slots.to_html());
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

/// What the reader asked, in words.
fn asked(light: &Light, from_is_given: bool, words: &Words) -> Option<String> {
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

/// A text that does not run out of the picture.
fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
