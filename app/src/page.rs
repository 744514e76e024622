//! The page: top bar, lane heads, canvas, legend and inspector around one [`Live`].

use leptos::prelude::*;

use crate::ask::AskBar;
use crate::canvas::{Canvas, Viewport};
use crate::elsewhere::elsewhere;
use crate::heads::Heads;
use crate::icons::Icons;
use crate::inspector::Inspector;
use crate::legend::Legend;
use crate::live::Live;
use crate::question::{Answer, Question};
use crate::start::Start;
use crate::table::{Sheet, Table};
use crate::text::text;
use crate::top::{StatusBanner, StatusLine, TopBar, trouble};
use crate::url;

/// Everything.
#[component]
pub fn Page() -> impl IntoView {
    let query = url::query();
    let question = url::question();
    let here = url::here();
    let live = Live::follow(query);
    let viewport = RwSignal::new(Viewport::default());

    // Until the page has its own data it claims nothing: the picture of the first response shows what the server knew.
    let answer = Memo::new(move |_| {
        let loaded = live.loaded.get();
        live.model.with_value(|model| {
            model.revision.track();
            if loaded { model.answer(&question.get()) } else { Answer::default() }
        })
    });
    let light = Memo::new(move |_| answer.read().light.clone());

    // What is asked about is unfolded; before the picture is there, there is nothing to unfold.
    Effect::new(move |_| {
        question.track();
        if live.loaded.get() {
            let light = answer.get_untracked().light;
            live.model.update_value(|model| model.reveal(light.as_ref().and_then(|light| light.selected.as_ref())));
        }
    });

    let current = use_context::<Start>().map(|start| start.context).unwrap_or_default();
    let context = Memo::new(move |_| query.get().context.unwrap_or_else(|| current.clone()));
    let namespaces = Memo::new(move |_| query.read().namespaces.join(", "));
    let words = text();
    let line = Memo::new(move |_| match (live.lost.get(), live.status.get()) {
        (Some(lost), _) => StatusLine::lost(Some(lost.since), words),
        (None, status) => StatusLine::of(&status.unwrap_or_default(), words),
    });
    let message = Memo::new(move |_| match (live.lost.get(), live.status.get()) {
        (Some(lost), _) => Some((words.frame.server_trouble)(&lost.error)),
        (None, status) => status.as_ref().and_then(|status| trouble(status, words)),
    });
    let summary = Memo::new(move |_| {
        live.model.with_value(|model| {
            model.revision.track();
            model.summary(context.get(), live.status.get().unwrap_or_default())
        })
    });
    let state = Signal::derive(move || line.with(|line| line.state));
    let transform = Signal::derive(move || viewport.with(|view| (-view.left, view.scale)));
    let elsewhere = elsewhere(live, query, answer);
    // A new selection keeps the source that was chosen, and takes the place of a destination that was typed.
    let on_ask = Callback::new(move |(question,): (Question,)| url::ask(here, &question));
    let select = move |select| {
        on_ask.run((Question { select, from: question.get_untracked().from, to: String::new() },));
    };
    // The table takes the canvas's place. A phone shows the inspector with it when the reader asks for it.
    let tabular = Memo::new(move |_| here.get("view") == "table");
    let details = RwSignal::new(false);
    let sheet = Sheet::new(light.into(), elsewhere.into(), details);
    let on_select = Callback::new(move |(selection,): (Option<_>,)| select(selection));
    let picture = move || match tabular.get() {
        true => view! { <Table live sheet state on_select/> }.into_any(),
        false => view! { <Canvas live viewport light=light.into() state on_select/> }.into_any(),
    };
    view! {
        <Icons/>
        <div class="app" class:tabular=tabular class:detailed=details>
            <TopBar context namespaces status=line>
                <AskBar live question answer=answer.into() on_ask/>
            </TopBar>
            <Heads light transform/>
            {picture}
            <Legend/>
            <Inspector light elsewhere summary on_close=Callback::new(move |()| select(None))/>
            <StatusBanner message/>
        </div>
    }
}
