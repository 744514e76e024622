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

    let context = url::context();
    let words = text();
    let summary = Memo::new(move |_| {
        live.model.with_value(|model| {
            model.revision.track();
            model.summary(context.get(), live.status.get().unwrap_or_default())
        })
    });
    let so_far = Memo::new(move |_| summary.with(|summary| (summary.pods, summary.services)));
    let line = Memo::new(move |_| match (live.paused.get(), live.lost.get()) {
        (true, _) => StatusLine::paused(live.waiting.get(), words),
        (false, Some(lost)) => StatusLine::lost(&lost, words),
        (false, None) => StatusLine::of(&live.status.get().unwrap_or_default(), so_far.get(), words),
    });
    let message = Memo::new(move |_| match (live.lost.get(), live.status.get()) {
        (Some(lost), _) => Some((words.status.server_trouble)(&lost.error)),
        (None, status) => status.as_ref().and_then(|status| trouble(status, words)),
    });
    let state = Signal::derive(move || line.with(|line| line.state));
    let transform = Signal::derive(move || viewport.with(|view| (-view.left, view.scale)));
    let elsewhere = elsewhere(live, query, answer);
    // A new selection keeps the source that was chosen, and takes the place of a destination that was typed.
    let on_ask = Callback::new(move |(question,): (Question,)| url::ask(here, &question));
    let select = move |select| {
        on_ask.run((Question { select, from: question.get_untracked().from, to: String::new() },));
    };
    view! {
        <Icons/>
        <div class="app">
            <TopBar live query question context status=line>
                <AskBar live question answer=answer.into() on_ask/>
            </TopBar>
            <Heads light transform/>
            <Canvas live viewport light=light.into() state on_select=Callback::new(move |(selection,): (Option<_>,)| select(selection))/>
            <Legend/>
            <Inspector light elsewhere summary on_close=Callback::new(move |()| select(None))/>
            <StatusBanner message/>
        </div>
    }
}
