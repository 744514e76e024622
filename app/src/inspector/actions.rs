//! The bar below the inspector: copies the page's address or the path as text, and exports the picture.

use std::sync::Arc;

use leptos::prelude::*;
use topology::picture::Light;

use crate::browser::{Fetch, fetch_text, whole_address};
use crate::conn::TraceCall;
use crate::export::{ExportState, lang, menu};
use crate::live::Live;
use crate::model::Model;
use crate::server_answer::packet;
use crate::text::text;
use crate::url::PageUrl;

/// The bar. It does not scroll with the inspector, and its open menu stays open while the cluster changes.
pub(super) fn bar(live: Live, url: PageUrl, light: Signal<Option<Arc<Light>>>) -> AnyView {
    let words = text();
    let export_state = RwSignal::new(ExportState::Nothing);
    let requested_address = RwSignal::new(None::<String>);
    // A message about the answer before is cleared.
    Effect::new(move |_| {
        light.track();
        requested_address.set(None);
        export_state.set(ExportState::Nothing);
    });
    copy_answer(requested_address, export_state);
    let packet_texts =
        move || light.read().as_ref().and_then(|light| packet(light, || live.model.with_value(Model::some_pod)));
    let link = move |_| export_state.set(ExportState::of_copied_text(whole_address()));
    // The text is that of `kubehop trace`, which the server writes.
    let lang = lang();
    let as_text = move |_| {
        let of = |(from, to): (String, String)| {
            TraceCall { context: Some(&url.peek("context")), from: &from, to: &to }.text_address(lang)
        };
        requested_address.set(packet_texts().map(of));
    };
    let message = move || match &*export_state.read() {
        ExportState::Nothing => String::new(),
        ExportState::Copied => words.inspector_copied(),
        ExportState::ByHand(_) => words.export_by_hand(),
        ExportState::DrawingFailed => words.export_no_picture(),
        ExportState::NoAnswer(failure) => words.export_refused(failure.text(words)),
    };
    let by_hand = move || match &*export_state.read() {
        ExportState::ByHand(text) => Some(text.clone()),
        _ => None,
    };
    view! {
        <section class="actions" aria-label=words.export_actions()>
            <p aria-live="polite" class="muted">{message}</p>
            <pre hidden=move || by_hand().is_none() tabindex="0">{by_hand}</pre>
            <button type="button" on:click=link>{words.export_copy_link()}</button>
            <button type="button" hidden=move || packet_texts().is_none() on:click=as_text>{words.export_copy_text()}</button>
            {menu(url, light, export_state)}
        </section>
    }
    .into_any()
}

/// Copies the server's answer of the requested address. A new address, or `None`, aborts the request.
fn copy_answer(requested_address: RwSignal<Option<String>>, export_state: RwSignal<ExportState>) {
    Effect::new(move |before: Option<Option<Fetch>>| {
        drop(before);
        Some(fetch_text(requested_address.get()?, move |answer| {
            export_state.set(match answer {
                Ok(answer) => ExportState::of_copied_text(answer),
                Err(failure) => ExportState::NoAnswer(failure),
            });
        }))
    });
}
