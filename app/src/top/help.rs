//! The help dialog: the keys, and the meaning of the signs of the picture.

use leptos::html;
use leptos::prelude::*;

use crate::icons::Icon;
use crate::legend;
use crate::text::{Words, text};

/// The button that opens the dialog, and the dialog. The browser restores the focus when the dialog closes.
pub(super) fn help(open: RwSignal<bool>) -> (AnyView, AnyView) {
    let words = text();
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        if let (true, Some(dialog)) = (open.get(), dialog.get()) {
            // Fails only if the dialog is already open.
            let _shown = dialog.show_modal();
        }
    });
    let button = view! {
        <button type="button" class="bar-button help-button" aria-label=words.top_help() title=words.top_help() aria-haspopup="dialog" on:click=move |_| open.set(true)>
            <span aria-hidden="true">"?"</span>
        </button>
    };
    let close = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    // The picture does not handle keys that are pressed in the dialog.
    let view = view! {
        <dialog class="help" node_ref=dialog aria-labelledby="help-title" on:close=move |_| open.set(false)
            on:keydown=move |event| event.stop_propagation()>
            <header>
                <h2 id="help-title">{words.help_title()}</h2>
                <button type="button" class="plain-button" aria-label=words.help_close() on:click=close><Icon name="i-close"/></button>
            </header>
            {move || open.get().then(content)}
        </dialog>
    };
    (button.into_any(), view.into_any())
}

/// The keys, each with its action. Several keys of an action are separated by spaces.
fn keys(words: &Words) -> [(&'static str, String); 16] {
    [
        ("/", words.help_key_search()),
        ("f", words.help_key_filter()),
        ("!", words.help_key_problems()),
        ("Tab", words.help_key_tab()),
        ("← →", words.help_key_along_path()),
        ("↑ ↓", words.help_key_in_lane()),
        ("PageUp PageDown", words.help_key_group()),
        ("Enter", words.help_key_enter()),
        ("Esc", words.help_key_escape()),
        ("i", words.help_key_panel()),
        ("+ −", words.help_key_zoom()),
        ("0", words.help_key_no_zoom()),
        ("g", words.help_key_graph()),
        ("t", words.help_key_table()),
        ("p", words.help_key_pause()),
        ("?", words.help_key_help()),
    ]
}

/// The meanings of the legend's shapes, in its order.
fn shapes(words: &Words) -> [String; 6] {
    [
        words.help_shape_ip(),
        words.help_shape_port(),
        words.help_shape_host_port(),
        words.help_shape_pair(),
        words.help_shape_pods(),
        words.help_shape_dns(),
    ]
}

/// The meanings of the legend's lines, in its order.
fn lines(words: &Words) -> [String; 4] {
    [words.help_line_packet(), words.help_line_path(), words.help_line_unused(), words.help_line_dns()]
}

/// The meanings of the legend's states, in its order.
fn states(words: &Words) -> [String; 5] {
    [
        words.help_state_ready(),
        words.help_state_not_ready(),
        words.help_state_terminating(),
        words.help_state_broken(),
        words.help_state_outside(),
    ]
}

fn content() -> AnyView {
    let words = text();
    let keys = keys(words).into_iter().map(|(keys, meaning)| {
        let keys = keys.split(' ').map(|key| view! { <kbd>{key}</kbd> }).collect_view();
        row(keys.into_any(), String::new(), meaning)
    });
    let shapes = legend::shapes(words).into_iter().zip(shapes(words));
    let lines = legend::lines(words).into_iter().zip(lines(words));
    let states = legend::states(words).into_iter().zip(states(words));
    let signs = |(sign, meaning): (legend::Sign, String)| row(sign.view(), sign.word, meaning);
    view! {
        <div class="columns">
            {section(words.help_keys(), keys.collect())}
            {section(words.help_shapes(), shapes.map(signs).collect())}
            {section(words.help_lines(), lines.map(signs).collect())}
            {section(words.help_states(), states.map(signs).collect())}
        </div>
    }
    .into_any()
}

fn section(title: String, rows: Vec<AnyView>) -> AnyView {
    view! { <section><h3>{title}</h3><dl>{rows}</dl></section> }.into_any()
}

fn row(sign: AnyView, word: String, meaning: String) -> AnyView {
    view! { <div><dt>{sign}{word}</dt><dd>{meaning}</dd></div> }.into_any()
}
