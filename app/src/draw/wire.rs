//! Wires.

use leptos::prelude::*;
use topology::graph::{Light, Stroke, Wire};

use super::{Lit, is_lit};
use crate::text;

/// A wire, with chevron and share when it is lit.
#[component]
pub fn WireView(
    /// The wire.
    wire: Wire,
    /// What is lit.
    lit: Lit,
) -> impl IntoView {
    let (path, mark) = (wire.path.clone(), wire.mark);
    let stroke = match wire.stroke {
        Stroke::Packet => "packet",
        Stroke::Unused => "unused",
        Stroke::Dns => "dns",
        Stroke::Broken => "broken",
    };
    let look = Memo::new(move |_| lit.with(|light| Look::of(light.as_deref(), &wire)));
    let class = move || format!("wire {stroke}{}", look.read().class());
    let lit_mark = move || {
        let look = look.read();
        look.lit.then(|| match look.share.clone() {
            Some(share) => share_chip(&share, mark).into_any(),
            None => chevron(mark).into_any(),
        })
    };
    view! {
        <path class=class d=path></path>
        {lit_mark}
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Look {
    lit: bool,
    dimmed: bool,
    broken: bool,
    share: Option<String>,
}

impl Look {
    fn of(light: Option<&Light>, wire: &Wire) -> Self {
        let Some(light) = light.filter(|light| is_lit(Some(light))) else { return Self::default() };
        let on = |socket: &Option<topology::socket::Socket>| {
            socket.as_ref().is_some_and(|socket| light.on_path.contains(socket))
        };
        // A wire is on the path when both its ends are; one that ends in nothing, when its one end is where the path ends.
        let lit = match (&wire.from, &wire.to) {
            (Some(_), Some(_)) => on(&wire.from) && on(&wire.to),
            (None, Some(_)) => on(&wire.to),
            (Some(from), None) => {
                light.broken.as_ref().is_some_and(|(socket, _)| socket == from) && wire.stroke == Stroke::Broken
            }
            (None, None) => false,
        };
        let share = wire.to.as_ref().filter(|_| lit && on(&wire.from)).and_then(|to| light.shares.get(to));
        Self { lit, dimmed: !lit, broken: lit && light.broken.is_some(), share: share.map(|share| text::share(*share)) }
    }

    fn class(&self) -> &'static str {
        match self {
            Self { lit: true, broken: true, .. } => " lit broken",
            Self { lit: true, .. } => " lit",
            Self { dimmed: true, .. } => " dimmed",
            Self { .. } => "",
        }
    }
}

fn chevron((x, y): (i32, i32)) -> impl IntoView {
    view! { <path class="chevron" d=format!("M{} {}l4 4-4 4", x - 2, y - 4)></path> }
}

fn share_chip(share: &str, (x, y): (i32, i32)) -> impl IntoView + use<> {
    let width = 12 + 6 * share.len() as i32;
    let share = share.to_owned();
    view! {
        <rect class="chip" x=x - width / 2 y=y - 8 width=width height="16" rx="8"></rect>
        <text class="chip-text" x=x y=y + 4>{share}</text>
    }
}
