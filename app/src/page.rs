//! The page: top bar, lane heads, canvas, legend and inspector around one [`Live`].

use std::sync::Arc;

use leptos::prelude::*;

use crate::canvas::{Canvas, Viewport};
use crate::heads::Heads;
use crate::icons::Icons;
use crate::inspector::Inspector;
use crate::legend::Legend;
use crate::live::Live;
use crate::source::Contexts;
use crate::text::text;
use crate::top::{StatusBanner, StatusLine, TopBar, trouble};
use crate::url;

/// Everything.
#[component]
pub fn Page() -> impl IntoView {
    let query = url::query();
    let selection = url::selection();
    let select = url::selector();
    let live = Live::follow(query);
    let viewport = RwSignal::new(Viewport::default());

    let light = Memo::new(move |_| {
        live.model.with_value(|model| {
            model.revision.track();
            selection.get().map(|selection| Arc::new(model.light(&selection)))
        })
    });
    // Until the page has its own data it claims nothing: the picture of the first response shows what the server knew.
    let light = Signal::derive(move || if live.loaded.get() { light.get() } else { None });

    // What is selected is unfolded; before the picture is there, there is nothing to unfold.
    Effect::new(move |_| {
        let selection = selection.get();
        if live.loaded.get() {
            live.model.update_value(|model| model.reveal(selection.as_ref()));
        }
    });

    // The name of the current context is known on the server; the browser takes it from the first response.
    let current = SharedValue::new(|| {
        let contexts = use_context::<Contexts>().map(|contexts| contexts.0).unwrap_or_default();
        contexts.into_iter().find(|context| context.current).map(|context| context.name).unwrap_or_default()
    })
    .into_inner();
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
    let close = {
        let select = select.clone();
        Callback::new(move |()| select(None))
    };
    view! {
        <Icons/>
        <div class="app">
            <TopBar context namespaces status=line/>
            <Heads light transform/>
            <Canvas live viewport light state on_select=Callback::new(move |(selection,): (Option<_>,)| select(selection.as_ref()))/>
            <Legend/>
            <Inspector light=Signal::derive(move || light.get()) summary on_close=close/>
            <StatusBanner message/>
        </div>
    }
}
