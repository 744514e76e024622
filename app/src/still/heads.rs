//! The heads of the lanes of a picture document.

use leptos::prelude::*;
use topology::picture::{Lanes, Light};

use crate::heads::{LETTER, Reading, fits, lane_heads, reading};
use crate::text::Words;

/// The heads of the lanes, in the units of the picture.
pub fn heads(light: Option<&Light>, lanes: &Lanes, text: &Words) -> AnyView {
    let Reading { lines, stopped } = light.map(|light| reading(light, text)).unwrap_or_default();
    let heads: Vec<AnyView> = lane_heads(lanes, text)
        .into_iter()
        .zip(lines)
        .map(|((x, end, (name, rest)), line)| {
            let class = if line.is_some() { "reading" } else { "sub" };
            let second = line.unwrap_or(rest);
            let fits = fits(&second, LETTER, u32::try_from(end - x).unwrap_or_default());
            view! {
                <text class="head" x=x y="17">{name}</text>
                <text class=class x=x y="32">{if fits { second } else { String::new() }}</text>
            }
            .into_any()
        })
        .collect();
    view! { <g class="heads"><g class=if stopped { "stopped" } else { "" }>{heads}</g></g> }.into_any()
}
