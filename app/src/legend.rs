//! The legend: what shapes and lines mean.

use leptos::prelude::*;

use crate::icons::Icon;
use crate::text::{LegendWords, text};

/// A shape or a line, and its word.
#[derive(Clone, Copy)]
pub struct Sign {
    /// The id of a shape, or the class of a wire.
    sign: &'static str,
    /// The class of its colour.
    tone: &'static str,
    /// Its word.
    pub word: &'static str,
}

impl Sign {
    const fn new(sign: &'static str, tone: &'static str, word: &'static str) -> Self {
        Self { sign, tone, word }
    }

    /// It, drawn.
    pub fn view(self) -> AnyView {
        let Self { sign, tone, .. } = self;
        if sign.starts_with("i-") {
            return view! { <span class=tone><Icon name=sign/></span> }.into_any();
        }
        let class = format!("wire {sign}");
        view! { <svg class="graph" width="24" height="8" aria-hidden="true"><path class=class d="M0 4H24"></path></svg> }
            .into_any()
    }
}

/// The shapes of addresses.
pub fn shapes(words: &LegendWords) -> [Sign; 6] {
    [
        Sign::new("i-ip", "", words.ip),
        Sign::new("i-port", "", words.port),
        Sign::new("i-host", "", words.host_port),
        Sign::new("i-pair", "", words.pair),
        Sign::new("i-pods", "", words.pods),
        Sign::new("i-dns", "", words.dns_name),
    ]
}

/// The lines between them.
pub fn lines(words: &LegendWords) -> [Sign; 4] {
    [
        Sign::new("packet", "", words.packet),
        Sign::new("lit", "", words.path),
        Sign::new("unused", "", words.unused),
        Sign::new("dns", "", words.dns_only),
    ]
}

/// States and ends.
pub fn states(words: &LegendWords) -> [Sign; 5] {
    [
        Sign::new("i-ready", "tone-ok", words.ready),
        Sign::new("i-unready", "tone-warn", words.not_ready),
        Sign::new("i-ending", "", words.terminating),
        Sign::new("i-error", "tone-bad", words.broken),
        Sign::new("i-leave", "tone-ext", words.outside),
    ]
}

fn list(signs: &[Sign]) -> AnyView {
    let item = |sign: &Sign| view! { <li>{sign.view()}{sign.word}</li> }.into_any();
    view! { <ul>{signs.iter().map(item).collect_view()}</ul> }.into_any()
}

/// The strip below the picture.
#[component]
pub fn Legend() -> AnyView {
    let words = &text().legend;
    view! {
        <footer class="legend" aria-label=text().frame.legend_label>
            {list(&shapes(words))}
            <span class="sep"></span>
            {list(&lines(words))}
            <span class="sep"></span>
            {list(&states(words))}
        </footer>
    }
    .into_any()
}
