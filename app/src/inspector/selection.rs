//! The inspector with a selection.

use std::sync::Arc;

use leptos::prelude::*;
use topology::graph::socket::{Socket, SocketKind};
use topology::path::answer::{AssumedSettings, EndpointList};
use topology::picture::{Light, UnusedEndpoint, UsedAddresses};

use super::commands::Commands;
use super::path::{Hops, Ports, Rules};
use super::tables::{ByNode, Destinations, Endpoints, Names, ReachedBy};
use super::verdict::{Verdict, destinations, verdict};
use crate::icons::Icon;
use crate::server_answer::ServerAnswer;
use crate::text::{Words, page_text, text};

/// The kind of the socket, its Node, and the protocol.
fn crumb(light: &Light, socket: &Socket, text: &Words) -> String {
    let name = text.socket_name(socket.kind);
    let first = light.evaluations.first();
    let on_node = matches!(socket.kind, SocketKind::NodePort | SocketKind::HostPort);
    let node = first
        .filter(|evaluation| on_node && evaluation.nodes.len() == 1)
        .and_then(|evaluation| evaluation.node.as_ref());
    let place = node.map_or_else(|| name.clone(), |node| text.inspector_on_node(&name, node));
    let with_port =
        !matches!(socket.kind, SocketKind::NodeIp | SocketKind::ClusterIp | SocketKind::PodIp | SocketKind::Dns);
    match first.and_then(|evaluation| evaluation.to.as_ref()).filter(|_| with_port) {
        Some(to) => format!("{place} · {}", to.protocol),
        None => place,
    }
}

#[component]
fn Close(on_close: Callback<()>) -> AnyView {
    view! {
        <button type="button" class="plain-button" aria-label=text().inspector_close() on:click=move |_| on_close.run(())>
            <Icon name="i-close"/>
        </button>
    }
    .into_any()
}

#[component]
fn Gone(on_close: Callback<()>) -> AnyView {
    let words = text();
    view! {
        <section class="sec">
            <div class="crumb"><span>{words.inspector_gone()}</span><Close on_close/></div>
            <p class="second">{words.inspector_gone_detail()}</p>
        </section>
    }
    .into_any()
}

/// The source of the packet as text.
pub(crate) fn source(light: &Light) -> Option<String> {
    light.from.as_ref().map(|from| text().packet_source(from))
}

/// The verdict in a box.
pub(crate) fn verdict_box(verdict: Verdict) -> AnyView {
    let reason = verdict.reason.map(|reason| view! { <p>{reason}</p> });
    let details = verdict.details.into_iter().map(|detail| view! { <p>{detail}</p> }).collect_view();
    view! {
        <div class=format!("verdict {}", verdict.tone.box_class())>
            <Icon name=verdict.tone.icon()/>
            <div><strong>{verdict.head}</strong>{reason}{details}</div>
        </div>
    }
    .into_any()
}

/// The server's answer, if it differs from the page's.
pub(crate) fn differs(server_answer: Signal<ServerAnswer>) -> AnyView {
    let differs = move || match server_answer.get() {
        ServerAnswer::Differs(lines) => Some(view! {
            <section class="sec" role="status">
                <div class="verdict warn">
                    <Icon name="i-warning"/>
                    <div>
                        <strong>{text().inspector_differs_elsewhere()}</strong>
                        {lines.into_iter().map(server_evaluation).collect_view()}
                    </div>
                </div>
            </section>
        }),
        _ => None,
    };
    differs.into_any()
}

#[component]
fn Head(light: Arc<Light>, on_close: Callback<()>) -> AnyView {
    let words = text();
    let socket = light.selected.clone();
    let title = match (&light.to, &socket) {
        (Some(to), _) => to.to_string(),
        (None, Some(socket)) => socket.address.clone(),
        (None, None) => String::new(),
    };
    let crumb = socket.as_ref().map_or_else(|| words.inspector_traced(), |socket| crumb(&light, socket, words));
    let owner = socket
        .as_ref()
        .map(|socket| view! { <p class="muted">{format!("{} {}", socket.object_kind, socket.object)}</p> });
    let from = source(&light).map(|from| view! { <p class="muted">{from}</p> });
    let shown = verdict(&light, page_text()).map(verdict_box);
    view! {
        <section class="sec">
            <div class="crumb"><span>{crumb}</span><Close on_close/></div>
            <h1>{title}</h1>
            {owner}
            {from}
            {shown}
        </section>
        {socket.map(|socket| view! { <section class="sec"><p>{words.socket_sentence(socket.kind)}</p></section> })}
    }
    .into_any()
}

/// The selection and the paths of its packets.
#[component]
pub(super) fn SelectionView(
    light: Arc<Light>,
    settings: AssumedSettings,
    server_answer: Signal<ServerAnswer>,
    on_close: Callback<()>,
) -> AnyView {
    if light.selected.is_none() && light.to.is_none() {
        return view! { <Gone on_close/> }.into_any();
    }
    let one = (destinations(&light.evaluations).len() == 1).then(|| light.evaluations.clone());
    let several = destinations(&light.evaluations).len() > 1;
    // An endpoint that gets packets on some Node is not unused.
    let used = UsedAddresses::of(&light.evaluations);
    let unused: Vec<UnusedEndpoint> = light.unused.iter().filter(|one| !used.has(one)).cloned().collect();
    let beside = unused.clone();
    // No path leads to an unused endpoint, so only the reason is shown.
    let why =
        (one.is_none() && !unused.is_empty()).then(|| view! { <Endpoints endpoints=EndpointList::default() unused/> });
    let path = one.and_then(|evaluations| {
        let first = evaluations.first()?.clone();
        Some(view! {
            <Ports evaluation=first.clone()/>
            <Hops evaluation=first.clone() mode=settings.proxy_mode/>
            <Endpoints endpoints=first.endpoints.clone() unused=beside/>
            <ByNode evaluations/>
            <Rules evaluation=first mode=settings.proxy_mode/>
        })
    });
    // For a typed destination, the other ways to the same socket are not shown.
    let back = light.selected.clone().filter(|_| light.to.is_none());
    view! {
        <Head light=light.clone() on_close/>
        {differs(server_answer)}
        {light.dns.clone().map(|dns| view! { <Names dns/> })}
        {path}
        {why}
        {several.then(|| view! { <Destinations evaluations=light.evaluations.clone()/> })}
        {back.map(|socket| view! { <ReachedBy light=light.clone() socket/> })}
    }
    .into_any()
}

/// The part below the object's details: commands and assumptions.
pub(super) fn tail(
    light: &Arc<Light>,
    settings: &AssumedSettings,
    namespaces: &[String],
    server_answer: Signal<ServerAnswer>,
) -> AnyView {
    let words = text();
    let names = words.list(namespaces);
    let open = move || {
        let same = server_answer.get() == ServerAnswer::Same;
        if same { words.assumes_same_elsewhere(&names) } else { words.assumes_only_open(&names) }
    };
    let assumptions = (!light.evaluations.is_empty()).then(|| {
        view! {
            <section class="sec">
                <p class="muted">{words.assumed_proxy_mode(settings.proxy_mode, settings.source)}" "{words.assumes_no_policy()}</p>
                {(!namespaces.is_empty()).then(|| view! { <p class="muted">{open}</p> })}
            </section>
        }
    });
    let commands = light.selected.clone().map(|socket| view! { <Commands light=light.clone() socket/> });
    view! {
        {commands}
        {assumptions}
    }
    .into_any()
}

/// The server's outcome for one destination, and the resolver's reason in English.
fn server_evaluation((what, reason): (String, String)) -> AnyView {
    view! { <p>{what}" "<span lang="en">{reason}</span></p> }.into_any()
}
