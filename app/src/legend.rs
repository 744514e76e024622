//! The legend: what shapes and lines mean.

use leptos::prelude::*;

use crate::icons::Icon;
use crate::text::text;

#[component]
fn Shape(icon: &'static str, word: &'static str, #[prop(default = "")] tone: &'static str) -> impl IntoView {
    view! { <li><span class=tone><Icon name=icon/></span>{word}</li> }
}

#[component]
fn Line(class: &'static str, word: &'static str) -> impl IntoView {
    view! {
        <li>
            <svg class="graph" width="24" height="8" aria-hidden="true"><path class=format!("wire {class}") d="M0 4H24"></path></svg>
            {word}
        </li>
    }
}

/// The page's foot: sockets, lines, states.
#[component]
pub fn Legend() -> impl IntoView {
    let words = &text().legend;
    view! {
        <footer class="legend" aria-label=words_label()>
            <ul>
                <Shape icon="i-ip" word=words.ip/>
                <Shape icon="i-port" word=words.port/>
                <Shape icon="i-host" word=words.host_port/>
                <Shape icon="i-pair" word=words.pair/>
                <Shape icon="i-pods" word=words.pods/>
                <Shape icon="i-dns" word=words.dns_name/>
            </ul>
            <span class="sep"></span>
            <ul>
                <Line class="packet" word=words.packet/>
                <Line class="lit" word=words.path/>
                <Line class="unused" word=words.unused/>
                <Line class="dns" word=words.dns_only/>
            </ul>
            <span class="sep"></span>
            <ul>
                <Shape icon="i-ready" tone="tone-ok" word=words.ready/>
                <Shape icon="i-unready" tone="tone-warn" word=words.not_ready/>
                <Shape icon="i-ending" word=words.terminating/>
                <Shape icon="i-error" tone="tone-bad" word=words.broken/>
                <Shape icon="i-leave" tone="tone-ext" word=words.outside/>
            </ul>
        </footer>
    }
}

fn words_label() -> &'static str {
    text().frame.legend_label
}
