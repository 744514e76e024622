//! The table: the picture's content as text, with the same selection, for screen readers, keyboards and phones.
//!
//! The table replaces the canvas. Its rows are made from the groups of the picture, and have the same sockets (design §5). Rows, cells
//! and lines are keyed: an update changes only the parts that differ, keeps the focus, and the browser keeps the scroll position.

mod cells;
#[cfg(feature = "ssr")]
pub mod first;
mod keys;
mod opened;
mod row;
mod shown;

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use topology::cluster::facts::NamespaceCounts;
use topology::graph::UnitKey;
use topology::graph::socket::Selection;
use topology::picture::Group;

use crate::draw::Lit;
use crate::freshness::Freshness;
use crate::live::Live;
use crate::server_answer::ServerAnswer;
use crate::start::FirstPicture;
use crate::text::{Words, grouped, text};
use row::Row;
use shown::{STEP, Shown, limit_for, shown};

/// The signals that every row reads.
#[derive(Clone, Copy)]
pub struct Sheet {
    /// The answer that is lit, for rows.
    pub lit: Lit,
    /// The same answer, for the path below the selected row.
    pub answered: Lit,
    /// The server's answer, where the page does not hold all namespaces.
    pub server_answer: Signal<ServerAnswer>,
    /// Whether a phone shows the inspector.
    pub details: RwSignal<bool>,
    /// The selection that was clicked last, and its group: the path of a Pod behind several Services is shown in the clicked group.
    pub clicked: RwSignal<Option<(Selection, UnitKey)>>,
}

impl Sheet {
    /// Signals without a clicked row.
    pub fn new(lit: Lit, answered: Lit, server_answer: Signal<ServerAnswer>, details: RwSignal<bool>) -> Self {
        Self { lit, answered, server_answer, details, clicked: RwSignal::default() }
    }

    /// Whether this selection names the selected socket.
    fn selects(&self, selection: &Selection) -> bool {
        self.lit.with_untracked(|light| {
            let selected = light.as_ref().and_then(|light| light.selected.as_ref());
            selected.is_some_and(|selected| selection.selects(selected))
        })
    }

    /// Whether the path is shown below this row.
    fn opens(&self, group: &str, row: &Row) -> bool {
        self.lit.with(|light| {
            let Some(selected) = light.as_ref().and_then(|light| light.selected.as_ref()) else { return false };
            let elsewhere = self.clicked.with(|clicked| {
                clicked.as_ref().is_some_and(|(selection, key)| selection.selects(selected) && key.to_string() != group)
            });
            !elsewhere && row.carries(selected)
        })
    }
}

/// A keyed list. All lists of the table have this one type.
fn keyed(keys: Signal<Vec<String>>, child: Arc<dyn Fn(String) -> AnyView + Send + Sync>) -> AnyView {
    view! { <For each=move || keys.get() key=Clone::clone children=move |key| child(key)/> }.into_any()
}

/// The table in its scrolling box.
#[component]
pub fn Table(
    /// The page's data.
    live: Live,
    /// The signals that rows read.
    sheet: Sheet,
    /// The value of `data-status`.
    state: Signal<Freshness>,
    /// Called with a new selection; `None` clears the selection.
    on_select: Callback<(Option<Selection>,)>,
) -> AnyView {
    let scroller = NodeRef::<html::Main>::new();
    keys::listen(live, sheet, scroller, on_select);
    reveal(live, scroller);
    // A later snapshot changes rows; it does not mount a new table.
    let loaded = Memo::new(move |_| live.loaded.get());
    let content = move || {
        if loaded.get() { live_rows(live, sheet, state) } else { view! { <FirstPicture/> }.into_any() }
    };
    view! {
        <main class="sheet" node_ref=scroller aria-label=text().frame_picture_label()>
            <noscript inner_html=format!("<p class=\"still\">{}</p>", text().frame_still_picture())></noscript>
            {content}
        </main>
    }
    .into_any()
}

/// Scrolls once to the selected row when the rows are mounted, for links to a selection.
fn reveal(live: Live, scroller: NodeRef<html::Main>) {
    Effect::new(move |done: Option<bool>| {
        let done = done.unwrap_or(false);
        if done || !live.loaded.get() {
            return done;
        }
        request_animation_frame(move || {
            // The table may have been left meanwhile.
            let Some(element) = scroller.try_get_untracked().flatten() else { return };
            let row = element.query_selector(".row.open > th").ok().flatten();
            let bottom = element.get_bounding_client_rect().bottom();
            if let Some(row) = row.filter(|row| row.get_bounding_client_rect().bottom() > bottom * 0.7) {
                row.scroll_into_view();
            }
        });
        true
    });
}

fn live_rows(live: Live, sheet: Sheet, state: Signal<Freshness>) -> AnyView {
    let words = text();
    let slots = live.model.with_value(|model| model.slots);
    let rows_of = move |key: &UnitKey| {
        let group = live.model.with_value(|model| model.group(key));
        group.map_or(0, |group| group.with_untracked(|group| row::count(&group.unit)))
    };
    // The selected row is mounted however far down it is, and stays mounted.
    let limit = RwSignal::new(STEP);
    let selected = Memo::new(move |_| sheet.lit.with(|light| light.as_ref().and_then(|light| light.selected.clone())));
    Effect::new(move |_| {
        let key = selected.with(|socket| live.model.with_value(|model| model.group_of(socket.as_ref()?)));
        let needed = key.map_or(0, |key| slots.with_untracked(|slots| limit_for(slots, &key, rows_of)));
        if needed > limit.get_untracked() {
            limit.set(needed);
        }
        if selected.with(Option::is_none) {
            sheet.details.set(false);
        }
    });
    let shown = Memo::new(move |_| slots.with(|slots| shown(slots, limit.get(), rows_of)));
    let names =
        Signal::derive(move || shown.with(|shown| shown.namespaces.iter().map(|(name, _)| name.clone()).collect()));
    let part = move |name: String| {
        let own = name.clone();
        let keys = Signal::derive(move || {
            let found = shown
                .with(|shown| shown.namespaces.iter().find(|(name, _)| *name == own).map(|(_, keys)| keys.clone()));
            found.unwrap_or_default()
        });
        let own = name.clone();
        let counts = Memo::new(move |_| {
            live.model.with_value(|model| {
                model.revision.track();
                model.counts(&own)
            })
        });
        let group = move |key: String| {
            let signal = UnitKey::parse(&key).and_then(|key| live.model.with_value(|model| model.group(&key)));
            signal.map_or_else(|| ().into_any(), |signal| group_rows(sheet, key, signal.into()))
        };
        namespace(name, counts.into(), keyed(keys, Arc::new(group)))
    };
    let all_nodes = Memo::new(move |_| {
        live.model.with_value(|model| {
            model.revision.track();
            (model.node_parts(STEP), model.nodes.with(|nodes| nodes.count.0))
        })
    });
    let nodes = node_rows(
        sheet,
        Signal::derive(move || all_nodes.with(|(nodes, _)| row::nodes(nodes, text()))),
        Signal::derive(move || all_nodes.with(|(_, count)| *count)),
    );
    let body = view! { {keyed(names, Arc::new(part))}{nodes} }.into_any();
    view! {
        {frame(state, live.seq.into(), body)}
        <p class="more" hidden=move || !shown.read().more>
            <span role="status">{move || shown.with(|shown| showing(shown, words))}</span>" "
            <button type="button" class="button" on:click=move |_| limit.update(|limit| *limit += STEP)>{words.table_more(STEP)}</button>
        </p>
    }
    .into_any()
}

/// The text that says how much of the table is mounted.
fn showing(shown: &Shown, words: &Words) -> String {
    let [services, pods] = [shown.services, shown.host_ports].map(|(shown, all)| (grouped(shown), grouped(all)));
    if shown.host_ports.0 < shown.host_ports.1 {
        words.table_showing_host_ports(services.0, services.1, pods.0, pods.1)
    } else {
        words.table_showing(services.0, services.1)
    }
}

/// The table around its bodies.
fn frame(state: Signal<Freshness>, seq: Signal<u64>, body: AnyView) -> AnyView {
    let words = text();
    let head = |heading: String| view! { <th role="columnheader" scope="col">{heading}</th> };
    let columns = row::Column::ALL.into_iter().map(|column| column.heading(words));
    let heads = std::iter::once(words.table_service()).chain(columns).map(head).collect_view();
    view! {
        <table role="table" class="table" data-view="table" data-status=move || state.get().as_str() data-seq=seq>
            <caption class="visually-hidden">{words.table_caption()}</caption>
            <thead role="rowgroup"><tr role="row">{heads}</tr></thead>
            {body}
        </table>
    }
    .into_any()
}

/// A namespace: its heading and its groups.
fn namespace(name: String, counts: Signal<NamespaceCounts>, groups: AnyView) -> AnyView {
    let words = move || {
        let NamespaceCounts { services, pods, .. } = counts.get();
        text().card_namespace_counts(services, pods)
    };
    body(name, true, Signal::derive(words), groups)
}

/// The rows of the Nodes.
fn node_rows(sheet: Sheet, rows: Signal<Vec<Row>>, all: Signal<usize>) -> AnyView {
    let count = move || {
        let (shown, all) = (rows.read().len(), all.get());
        let words = text().card_nodes(all);
        if shown < all { format!("{words}, {}", text().card_showing_nodes(shown, all)) } else { words }
    };
    body(text().lanes_node(), false, Signal::derive(count), row_list(sheet, String::new(), rows))
}

fn body(name: String, folds: bool, remark: Signal<String>, rows: AnyView) -> AnyView {
    let namespace = name.clone();
    // The heading of the Nodes does not fold.
    let heading = match folds {
        true => {
            view! { <button type="button" role="button" class="fold-name" data-namespace=namespace.clone()>{name}</button> }
                .into_any()
        }
        false => view! { <b>{name}</b> }.into_any(),
    };
    view! {
        <tbody role="rowgroup" data-namespace=namespace>
            <tr role="row" class="head">
                <th role="rowheader" scope="rowgroup" colspan="7">
                    {heading}" "<span class="counts">{remark}</span><span class="chain" aria-hidden="true">{text().table_chain()}</span>
                </th>
            </tr>
            {rows}
        </tbody>
    }
    .into_any()
}

/// The rows of a group.
fn group_rows(sheet: Sheet, key: String, group: Signal<Arc<Group>>) -> AnyView {
    let words = text();
    row_list(sheet, key, Memo::new(move |_| row::rows(&group.read().unit, words)).into())
}

fn row_list(sheet: Sheet, group: String, rows: Signal<Vec<Row>>) -> AnyView {
    let keys = Signal::derive(move || rows.with(|rows| rows.iter().map(Row::key).collect()));
    let child = move |key: String| {
        let first = rows.with_untracked(|rows| rows.iter().find(|row| row.key() == key).cloned()).unwrap_or_default();
        let row =
            Memo::new(move |_| rows.with(|rows| rows.iter().find(|row| row.is(&first)).unwrap_or(&first).clone()));
        cells::row(sheet, group.clone(), row)
    };
    keyed(keys, Arc::new(child))
}
