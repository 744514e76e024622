//! The help: which keys do what, and what the signs of the picture mean.

use leptos::html;
use leptos::prelude::*;

use crate::icons::Icon;
use crate::legend;
use crate::text::text;

/// The dialog, and the button that opens it. The browser gives the focus back where it was.
pub(super) fn help(open: RwSignal<bool>) -> (AnyView, AnyView) {
    let words = &text().help;
    let dialog = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        #[cfg(feature = "browser")]
        if let (true, Some(dialog)) = (open.get(), dialog.get()) {
            // It fails for a dialog that is open already.
            let _shown = dialog.show_modal();
        }
    });
    let button = view! {
        <button type="button" class="bar-button help-button" aria-label=text().top.help title=text().top.help aria-haspopup="dialog" on:click=move |_| open.set(true)>
            <span aria-hidden="true">"?"</span>
        </button>
    };
    let close = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    // Keys that are pressed in it are none of the picture's.
    let view = view! {
        <dialog class="help" node_ref=dialog aria-labelledby="help-title" on:close=move |_| open.set(false)
            on:keydown=move |event| event.stop_propagation()>
            <header>
                <h2 id="help-title">{words.title}</h2>
                <button type="button" class="plain-button" aria-label=words.close on:click=close><Icon name="i-close"/></button>
            </header>
            {move || open.get().then(content)}
        </dialog>
    };
    (button.into_any(), view.into_any())
}

fn content() -> AnyView {
    let (words, legend) = (&text().help, &text().legend);
    let keys = words.key.iter().map(|(keys, meaning)| {
        let keys = keys.split(' ').map(|key| view! { <kbd>{key}</kbd> }).collect_view();
        row(keys.into_any(), "", meaning)
    });
    let shapes = legend::shapes(legend).into_iter().zip(words.shape);
    let lines = legend::lines(legend).into_iter().zip(words.line);
    let states = legend::states(legend).into_iter().zip(words.state);
    let signs = |(sign, meaning): (legend::Sign, &'static str)| row(sign.view(), sign.word, meaning);
    view! {
        <div class="columns">
            {section(words.keys, keys.collect())}
            {section(words.shapes, shapes.map(signs).collect())}
            {section(words.lines, lines.map(signs).collect())}
            {section(words.states, states.map(signs).collect())}
        </div>
    }
    .into_any()
}

fn section(title: &'static str, rows: Vec<AnyView>) -> AnyView {
    view! { <section><h3>{title}</h3><dl>{rows}</dl></section> }.into_any()
}

fn row(sign: AnyView, word: &'static str, meaning: &'static str) -> AnyView {
    view! { <div><dt>{sign}{word}</dt><dd>{meaning}</dd></div> }.into_any()
}
