//! The shapes that a picture document includes.

use crate::icons::SHAPES;

/// The shapes that a drawing refers to, and the shapes that those refer to.
pub fn used_in(drawing: &str) -> String {
    let shapes = || SHAPES.split_inclusive("</g>");
    let refers = |text: &str, shape: &str| {
        let id = shape.strip_prefix("<g id=\"").and_then(|rest| rest.split('"').next());
        id.is_some_and(|id| text.contains(&format!("href=\"#{id}\"")))
    };
    let used: Vec<&str> = shapes().filter(|shape| refers(drawing, shape)).collect();
    let also = shapes().filter(|shape| !used.contains(shape) && used.iter().any(|used| refers(used, shape)));
    also.chain(used.iter().copied()).collect()
}
