//! The page: top bar, lane heads, canvas, legend and inspector around one [`Live`].

use leptos::html;
use leptos::prelude::*;
use topology::graph::{Detail, Look};
use topology::socket::Selection;

use crate::ask::AskBar;
use crate::canvas::minimap::Minimap;
use crate::canvas::{Canvas, Viewport};
use crate::elsewhere::elsewhere;
use crate::find::{Chips, Filters, Search};
use crate::heads::Heads;
use crate::icons::Icons;
use crate::inspector::Inspector;
use crate::legend::Legend;
use crate::live::Live;
use crate::question::{Answer, Question};
use crate::start::Start;
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
    let asked_zoom = url::zoom(here);
    let viewport = RwSignal::new(Viewport { zoom: f64::from(asked_zoom.unwrap_or(100)), ..Viewport::default() });
    let scroller = NodeRef::<html::Main>::new();
    let looks = url::look();
    let look = Memo::new(move |_| {
        let detail = url::detail(viewport.with(|view| view.zoom) as u32);
        Look { detail, ..looks.get().0 }
    });
    // The first snapshot says whether each group is shown or a line of it, unless the URL does.
    if asked_zoom.is_none() {
        live.model.update_value(|model| model.open_by_size());
    }
    Effect::new(move |before: Option<bool>| {
        let loaded = live.loaded.get();
        if loaded && before == Some(false) && asked_zoom.is_none() {
            let detail = live.model.with_value(|model| model.looks().detail);
            if detail == Detail::Line {
                viewport.update(|view| *view = view.zoomed(f64::from(url::SMALLEST)));
            }
        }
        loaded
    });
    Effect::new(move |_| {
        let look = look.get();
        if live.loaded.get_untracked() || asked_zoom.is_some() {
            live.model.update_value(|model| model.look(look));
        } else {
            let detail = live.model.with_value(|model| model.looks().detail);
            live.model.update_value(|model| model.look(Look { detail, ..look }));
        }
    });

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
    let shown = Memo::new(move |_| {
        live.model.with_value(|model| {
            model.revision.track();
            model.shown()
        })
    });
    let wrong = Signal::derive(move || looks.read().1.as_ref().map(ToString::to_string));
    let (search_field, find_field) = (NodeRef::<html::Input>::new(), NodeRef::<html::Input>::new());
    let transform = Signal::derive(move || viewport.with(|view| (-view.left, view.scale)));
    let elsewhere = elsewhere(live, query, answer);
    // A new selection keeps the source that was chosen, and takes the place of a destination that was typed.
    let on_ask = Callback::new(move |(question,): (Question,)| url::ask(here, &question));
    let select = move |select| {
        on_ask.run((Question { select, from: question.get_untracked().from, to: String::new() },));
    };
    let on_select = Callback::new(move |(selection,): (Option<Selection>,)| select(selection));
    view! {
        <Icons/>
        <div class="app">
            <TopBar context namespaces status=line>
                <Search live field=search_field on_select/>
                <Filters url=here wrong field=find_field/>
                <AskBar live question answer=answer.into() on_ask/>
            </TopBar>
            <Heads light transform/>
            <Chips url=here look=look.into() shown=shown.into()/>
            <Canvas live viewport scroller light=light.into() state on_select/>
            <Minimap live viewport light=light.into() scroller/>
            <Legend/>
            <Inspector live light elsewhere summary on_select/>
            <StatusBanner message/>
        </div>
    }
}
