//! The page: top bar, lane heads, canvas, legend and inspector around one [`Live`].

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use topology::graph::UnitKey;
use topology::graph::socket::Selection;
use topology::picture::{Arrangement, Light, Look};

use crate::ask::AskBar;
use crate::browser::Timeout;
use crate::canvas::minimap::Minimap;
use crate::canvas::{Canvas, Viewport, Views, keys};
use crate::draw::forget_followers;
use crate::find::{Chips, Filters, Search};
use crate::heads::Heads;
use crate::icons::Icons;
use crate::inspector::Inspector;
use crate::legend::Legend;
use crate::live::Live;
use crate::question::{Answer, Question};
use crate::server_answer;
use crate::table::{Sheet, Table};
use crate::text::text;
use crate::top::{StatusBanner, StatusLine, TopBar, connection_problems, no_answer};
use crate::url;

/// The page. The contexts of its texts, its address and a [`Start`](crate::start::Start) must be provided.
#[component]
pub fn Page() -> AnyView {
    let query = url::query();
    let question = url::question();
    let here = url::here();
    let live = Live::follow(query);
    let url_zoom = url::zoom(here);
    let viewport = RwSignal::new(Viewport { zoom: f64::from(url_zoom.unwrap_or(100)), ..Viewport::default() });
    let views = Views { drawn: viewport, zooming: RwSignal::new(None) };
    let scroller = NodeRef::<html::Main>::new();
    let looks = url::look();
    let view = url::view();
    let tabular = Memo::new(move |_| view.get() == url::View::Table);
    let look = Memo::new(move |_| {
        // The table's rows are made from fully drawn groups.
        let zoom = if tabular.get() { 100.0 } else { viewport.with(|view| view.zoom) };
        let look = looks.get().0;
        let arrangement = if tabular.get() { Arrangement::Service } else { look.arrangement };
        Look { detail: url::detail(zoom as u32), arrangement, ..look }
    });
    // Unless the URL has a zoom, the size of the first snapshot chooses it.
    if url_zoom.is_none() {
        live.model.update_value(|model| model.open_by_size());
    }
    let opening = live.model.with_value(|model| model.opening);
    Effect::new(move |_| {
        if let Some(zoom) = opening.get() {
            viewport.update(|view| *view = view.zoomed(f64::from(zoom)));
        }
    });
    let (search_field, find_field) = (NodeRef::<html::Input>::new(), NodeRef::<html::Input>::new());
    follow_zoom(here, viewport, opening);
    Effect::new(move |_| {
        let look = look.get();
        live.model.update_value(|model| model.look(look, tabular.get_untracked()));
    });

    // There is no answer before the first snapshot; until then the picture of the first response is shown.
    let answer = Memo::new(move |_| {
        let loaded = live.loaded.get();
        live.model.with_value(|model| {
            model.revision.track();
            if loaded { model.answer(&question.get()) } else { Answer::default() }
        })
    });
    let answered = Memo::new(move |_| answer.read().light.clone());
    let lit = lit(live, answered);
    keys::listen(keys::KeyTargets { search: search_field, find: find_field }, scroller, lit.into());

    // The group of the selected socket is unfolded, once there is a picture.
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
        (false, None) => {
            StatusLine::of(&live.status.get().unwrap_or_default(), so_far.get(), words).behind(live.behind.get(), words)
        }
    });
    let message = Memo::new(move |_| match (live.lost.get(), live.status.get()) {
        (Some(lost), _) => Some(no_answer(&lost.error, words)),
        (None, status) => status.as_ref().and_then(|status| connection_problems(status, words)),
    });
    let state = Signal::derive(move || line.with(|line| line.state));
    let shown = Memo::new(move |_| {
        live.model.with_value(|model| {
            model.revision.track();
            model.shown()
        })
    });
    let wrong = Signal::derive(move || looks.read().1.as_ref().map(|error| words.filter_error(error)));
    let transform = Signal::derive(move || {
        let view = views.seen();
        (-view.left, view.scale)
    });
    let server_answer = server_answer::follow(live, query, answer);
    // A new selection keeps the source and replaces a typed destination.
    let on_ask = Callback::new(move |(question,): (Question,)| url::ask(here, &question));
    let select = move |select| {
        on_ask.run((Question { select, from: question.get_untracked().from, to: String::new() },));
    };
    // Whether a phone shows the inspector below the table.
    let details = RwSignal::new(false);
    let sheet = Sheet::new(lit.into(), answered.into(), server_answer.into(), details);
    let on_select = Callback::new(move |(selection,): (Option<Selection>,)| select(selection));
    let lanes = live.model.with_value(|model| model.lanes);
    let on_problem = Callback::new(move |(key,): (UnitKey,)| {
        if let Some(question) = live.model.with_value(|model| model.failing_question(&key)) {
            on_ask.run((question,));
        }
    });
    let picture = move || match tabular.get() {
        // Table and canvas are two views, so that neither reuses elements, listeners or the scroll position of the other.
        true => view! { <Table live sheet state on_select/> }.into_any(),
        false => view! { <Canvas live views scroller light=lit.into() state on_select/> }.into_any(),
    };
    view! {
        <Icons/>
        <div class="app" class:tabular=move || tabular.get() class:detailed=move || details.get()>
            <TopBar live query question context status=line on_problem>
                <Search live field=search_field on_select/>
                <Filters url=here wrong field=find_field/>
                <AskBar live question answer=answer.into() on_ask/>
            </TopBar>
            {move || view! { <Heads light=answered transform lanes=lanes.get()/> }}
            <Chips url=here look=look.into() shown=shown.into() wrong/>
            {picture}
            <Minimap live views light=answered.into() scroller/>
            <Legend/>
            <Inspector live light=answered server_answer summary on_select on_problem/>
            <StatusBanner message/>
        </div>
    }
    .into_any()
}

/// The signal of the lit answer for cards, wires and rows.
///
/// A signal keeps an entry for each follower that it ever had, even after the follower is gone. Cards come and go with every change, so
/// the entries would grow without bound. Therefore all followers are removed after every few changes. They are notified first: the
/// followers that still exist run once more and follow again. Views that stay mounted follow `answered`, so that they do not run
/// without need.
fn lit(live: Live, answered: Memo<Option<Arc<Light>>>) -> RwSignal<Option<Arc<Light>>> {
    /// Number of changes of the model after which all followers are removed.
    const FORGET_INTERVAL: u64 = 16;
    let lit = RwSignal::new(answered.get_untracked());
    Effect::new(move |_| {
        let now = answered.get();
        if lit.with_untracked(|lit| *lit != now) {
            lit.set(now);
        }
    });
    let revision = live.model.with_value(|model| model.revision);
    let due = Memo::new(move |_| revision.get() / FORGET_INTERVAL);
    Effect::new(move |before: Option<u64>| {
        let now = due.get();
        if before.is_some() {
            lit.notify();
            forget_followers(lit);
        }
        now
    });
    lit
}

/// Keeps the zoom equal to the URL's: a changed zoom is written to the URL after a short pause, and Back and Forward restore the zoom.
fn follow_zoom(here: url::PageUrl, viewport: RwSignal<Viewport>, opening: RwSignal<Option<u32>>) {
    /// Pause between the last change of the zoom and the change of the address, in ms. Browsers limit the changes of the address per minute.
    const PAUSE_MS: i32 = 250;
    let zoom = Memo::new(move |_| viewport.with(|view| view.zoom) as u32);
    Effect::new(move |before: Option<(u32, Option<Timeout>)>| {
        let now = zoom.get();
        let wait = before.filter(|(before, _)| *before != now).map(|_| {
            Timeout::new(PAUSE_MS, move || {
                let text = now.to_string();
                here.replace(&[("zoom", if now == 100 && here.peek("zoom").is_empty() { "" } else { &text })]);
            })
        });
        (now, wait)
    });
    let url_zoom = Memo::new(move |_| here.get("zoom"));
    Effect::new(move |before: Option<String>| {
        let now = url_zoom.get();
        if before.is_some_and(|before| before != now) {
            let to = url::zoom(here).or(opening.get_untracked()).unwrap_or(100);
            if to != zoom.get_untracked() {
                viewport.update(|view| *view = view.zoomed(f64::from(to)));
            }
        }
        now
    });
}
