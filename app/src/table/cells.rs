//! The elements of a row: its head, its cells, and the path below it.

use std::sync::Arc;

use leptos::prelude::*;
use topology::graph::EndpointState;
use topology::graph::socket::Socket;
use topology::picture::Light;

use super::opened::opened;
use super::row::{Column, Item, Row, RowTone};
use super::{Sheet, keyed};
use crate::draw::{label_of, state_of};
use crate::icons::Icon;
use crate::text::text;

/// The `data-state` of a socket and its name for a screen reader, as in the picture.
fn states(sheet: Sheet, socket: Socket, own: Signal<Option<EndpointState>>) -> (Signal<String>, Signal<String>) {
    let named = socket.clone();
    let state = Signal::derive(move || sheet.lit.with(|light| state_of(light.as_deref(), &socket, own.get())));
    let label = Signal::derive(move || sheet.lit.with(|light| label_of(light.as_deref(), &named, own.get())));
    (state, label)
}

/// A text in an element of this class; nothing if the text is empty.
fn word(class: &'static str, words: String) -> AnyView {
    if words.is_empty() { ().into_any() } else { view! { <span class=class>{words}</span> }.into_any() }
}

fn icon(name: &'static str, tone: RowTone) -> AnyView {
    if name.is_empty() { ().into_any() } else { view! { <span class=tone.class()><Icon name/></span> }.into_any() }
}

/// A row of a group, and the path below it if the row has the selection.
pub fn row(sheet: Sheet, group: String, row: Memo<Row>) -> AnyView {
    let main = row.with_untracked(|row| row.main.clone());
    let own = group.clone();
    let open = Memo::new(move |_| sheet.opens(&own, &row.read()));
    let none = Signal::stored(None);
    let state = main.clone().map(|main| states(sheet, main, none).0).map(|state| move || state.get());
    let attribute = |of: fn(&Socket) -> String| main.as_ref().map(of);
    let kind = attribute(|socket| socket.kind.as_str().to_owned());
    let (address, object) = (attribute(|socket| socket.address.clone()), attribute(Socket::object_text));
    let fold = main.is_none().then_some("true");
    let head = move || head(&row.read());
    let label = move || row.with(|row| [&*row.name, &row.tag, &row.chain, &row.state, &row.why].map(str::to_owned));
    let label = move || label().into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    let expanded = main.is_some().then_some(move || open.get().to_string());
    let cells = Column::ALL.into_iter().map(|column| cell(sheet, row, column)).collect_view();
    let below = move || {
        let light = open.get().then(|| sheet.answered.get()).flatten();
        light.map(|light| below(sheet, light))
    };
    view! {
        <tr role="row" class="row" class:open=move || open.get() data-group=group data-socket=kind data-address=address data-object=object data-state=state>
            <th role="rowheader" scope="row">
                <button type="button" class="row-head" aria-label=label aria-expanded=expanded data-fold=fold>{head}</button>
            </th>
            {cells}
        </tr>
        {below}
    }
    .into_any()
}

/// The reasons and remarks of a row's state.
fn why(row: &Row) -> AnyView {
    word(if row.tone == RowTone::Bad { "why tone-bad" } else { "why" }, row.why.clone())
}

/// The part of a row that phones show too: name, state and chain of ports.
fn head(row: &Row) -> AnyView {
    view! {
        {icon(row.icon, row.tone)}
        {word("name", row.name.clone())}
        {word("tag", row.tag.clone())}
        <span class=format!("state {}", row.tone.class())>{row.state.clone()}</span>
        <span class="line">{word("chain", row.chain.clone())}" "{why(row)}</span>
    }
    .into_any()
}

fn cell(sheet: Sheet, row: Memo<Row>, column: Column) -> AnyView {
    let items = Signal::derive(move || row.with(|row| row.cells.of(column).iter().map(Item::key).collect::<Vec<_>>()));
    let child = move |key: String| {
        let first = row.with_untracked(|row| row.cells.of(column).iter().find(|item| item.key() == key).cloned());
        let first = first.unwrap_or_default();
        let item = Memo::new(move |_| {
            row.with(|row| row.cells.of(column).iter().find(|item| item.is(&first)).unwrap_or(&first).clone())
        });
        self::item(sheet, item)
    };
    // The cell of the endpoints shows how many of them are ready.
    let sum = move || {
        let row = row.read();
        view! {
            <div class="sum">{icon(row.icon, row.tone)}<span class=row.tone.class()>{row.state.clone()}</span>" "{why(&row)}</div>
        }
    };
    let state = (column == Column::Endpoints).then_some(sum);
    view! {
        <td role="cell" class=column.class() data-label=column.heading(text())>{state}{keyed(items, Arc::new(child))}</td>
    }
    .into_any()
}

/// A line of a cell.
fn item(sheet: Sheet, item: Memo<Item>) -> AnyView {
    let (socket, fold) = item.with_untracked(|item| (item.socket.clone(), item.fold));
    let before = move || item.with(|item| word("lead", item.lead.clone()));
    let after = move || item.with(|item| word(if item.outside { "note tone-ext" } else { "note" }, item.note.clone()));
    let inside = move || {
        item.with(|item| view! { {icon(item.icon, item.tone)}<span class="mono">{item.text.clone()}</span> }.into_any())
    };
    let middle = match socket {
        Some(socket) => {
            let (kind, address, object) = (socket.kind.as_str(), socket.address.clone(), socket.object_text());
            let own = Signal::derive(move || item.read().state);
            let (state, label) = states(sheet, socket, own);
            view! {
                <button type="button" class="address" aria-label=label data-socket=kind data-address=address data-object=object data-state=state>
                    {inside}
                </button>
            }
            .into_any()
        }
        None if fold => view! { <button type="button" class="address" data-fold="true">{inside}</button> }.into_any(),
        None => view! { <span class="text">{inside}</span> }.into_any(),
    };
    view! { <div class="item">{before}{middle}" "{after}</div> }.into_any()
}

fn below(sheet: Sheet, light: Arc<Light>) -> AnyView {
    view! {
        <tr role="row" class="opened"><td role="cell" colspan="7">{opened(sheet, &light)}</td></tr>
    }
    .into_any()
}
