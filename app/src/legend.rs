//! The legend: the meanings of shapes and lines.

use leptos::prelude::*;

use crate::icons::Icon;
use crate::text::{Words, text};

/// What is drawn for a sign.
#[derive(Clone, Copy)]
enum LegendSign {
    /// A shape: its id, and the class of its colour.
    Shape(&'static str, &'static str),
    /// A line: the class of a wire.
    Wire(&'static str),
}

/// A shape or line, and its meaning.
#[derive(Clone)]
pub struct Sign {
    sign: LegendSign,
    /// Its meaning, in one or two words.
    pub word: String,
}

impl Sign {
    fn shape(id: &'static str, tone: &'static str, word: String) -> Self {
        Self { sign: LegendSign::Shape(id, tone), word }
    }

    fn wire(class: &'static str, word: String) -> Self {
        Self { sign: LegendSign::Wire(class), word }
    }

    /// Draws the shape or line.
    pub fn view(&self) -> AnyView {
        match self.sign {
            LegendSign::Shape(name, tone) => view! { <span class=tone><Icon name/></span> }.into_any(),
            LegendSign::Wire(class) => {
                let class = format!("wire {class}");
                view! { <svg class="graph" width="24" height="8" aria-hidden="true"><path class=class d="M0 4H24"></path></svg> }
                    .into_any()
            }
        }
    }
}

/// The shapes of addresses.
pub fn shapes(words: &Words) -> [Sign; 6] {
    [
        Sign::shape("i-ip", "", words.legend_ip()),
        Sign::shape("i-port", "", words.legend_port()),
        Sign::shape("i-host", "", words.legend_host_port()),
        Sign::shape("i-pair", "", words.legend_pair()),
        Sign::shape("i-pods", "", words.legend_pods()),
        Sign::shape("i-dns", "", words.legend_dns_name()),
    ]
}

/// The lines between addresses.
pub fn lines(words: &Words) -> [Sign; 4] {
    [
        Sign::wire("packet", words.legend_packet()),
        Sign::wire("lit", words.legend_path()),
        Sign::wire("unused", words.legend_unused()),
        Sign::wire("dns", words.legend_dns_only()),
    ]
}

/// The states, and the ends of paths.
pub fn states(words: &Words) -> [Sign; 5] {
    [
        Sign::shape("i-ready", "tone-ok", words.legend_ready()),
        Sign::shape("i-unready", "tone-warn", words.legend_not_ready()),
        Sign::shape("i-ending", "", words.legend_terminating()),
        Sign::shape("i-error", "tone-bad", words.legend_broken()),
        Sign::shape("i-leave", "tone-ext", words.legend_outside()),
    ]
}

fn list<const N: usize>(signs: [Sign; N]) -> AnyView {
    let item = |sign: Sign| view! { <li>{sign.view()}{sign.word}</li> }.into_any();
    view! { <ul>{signs.map(item).into_iter().collect_view()}</ul> }.into_any()
}

/// The strip below the picture.
#[component]
pub fn Legend() -> AnyView {
    let words = text();
    view! {
        <footer class="legend" aria-label=words.frame_legend_label()>
            {list(shapes(words))}
            <span class="sep"></span>
            {list(lines(words))}
            <span class="sep"></span>
            {list(states(words))}
        </footer>
    }
    .into_any()
}
