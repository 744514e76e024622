//! The legend: the meanings of shapes and lines.

use leptos::prelude::*;

use crate::icons::Icon;
use crate::text::{Words, text};

/// A shape or line, and its meaning.
#[derive(Clone)]
pub struct Sign {
    /// The id of a shape, or the class of a wire.
    sign: &'static str,
    /// The class of its colour.
    tone: &'static str,
    /// Its meaning, in one or two words.
    pub word: String,
}

impl Sign {
    fn new(sign: &'static str, tone: &'static str, word: String) -> Self {
        Self { sign, tone, word }
    }

    /// Draws the shape or line.
    pub fn view(&self) -> AnyView {
        let Self { sign, tone, .. } = *self;
        if sign.starts_with("i-") {
            return view! { <span class=tone><Icon name=sign/></span> }.into_any();
        }
        let class = format!("wire {sign}");
        view! { <svg class="graph" width="24" height="8" aria-hidden="true"><path class=class d="M0 4H24"></path></svg> }
            .into_any()
    }
}

/// The shapes of addresses.
pub fn shapes(words: &Words) -> [Sign; 6] {
    [
        Sign::new("i-ip", "", words.legend_ip()),
        Sign::new("i-port", "", words.legend_port()),
        Sign::new("i-host", "", words.legend_host_port()),
        Sign::new("i-pair", "", words.legend_pair()),
        Sign::new("i-pods", "", words.legend_pods()),
        Sign::new("i-dns", "", words.legend_dns_name()),
    ]
}

/// The lines between addresses.
pub fn lines(words: &Words) -> [Sign; 4] {
    [
        Sign::new("packet", "", words.legend_packet()),
        Sign::new("lit", "", words.legend_path()),
        Sign::new("unused", "", words.legend_unused()),
        Sign::new("dns", "", words.legend_dns_only()),
    ]
}

/// The states, and the ends of paths.
pub fn states(words: &Words) -> [Sign; 5] {
    [
        Sign::new("i-ready", "tone-ok", words.legend_ready()),
        Sign::new("i-unready", "tone-warn", words.legend_not_ready()),
        Sign::new("i-ending", "", words.legend_terminating()),
        Sign::new("i-error", "tone-bad", words.legend_broken()),
        Sign::new("i-leave", "tone-ext", words.legend_outside()),
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
