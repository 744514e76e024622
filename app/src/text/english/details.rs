use topology::health::{Readiness, Trouble};

use super::count;
use crate::text::DetailsWords;

pub(super) const DETAILS: DetailsWords = DetailsWords {
    manifest: "Manifest",
    show_all: "Show all",
    show_less: "Show less",
    copy_manifest: "Copy the manifest",
    manifest_trouble: |reason| format!("It cannot be shown: {reason}."),
    changes: "Recent changes",
    no_changes: "None since kubehop has been watching.",
    created: "created",
    deleted: "deleted",
    unset: "unset",
    problems: "Problems",
    errors: |n| count(n, "error"),
    warnings: |n| count(n, "warning"),
    verdict: |trouble| match trouble {
        Trouble::Refused { .. } => "REJECT".to_owned(),
        Trouble::NoAddress(_) => "NODATA".to_owned(),
        Trouble::Dropped { .. } => "DROP".to_owned(),
        Trouble::NotReady { readiness: Readiness { ready, total, .. }, .. } => format!("{ready}/{total} ready"),
        Trouble::NotKnown => "UNKNOWN".to_owned(),
    },
    namespaces: "Namespaces",
    open_of: |open, all| format!("{open} of {all} open"),
    namespace: "Namespace",
    services: "Services",
    pods: "Pods",
    actions: "Copy and export",
    copy_link: "Copy link",
    copy_text: "Copy as text",
    take_away: "Take it away",
    svg: "Picture as SVG",
    png: "Picture as PNG",
    mermaid: "Path as Mermaid, copied",
    json: "Rows as JSON",
    by_hand: "This browser gives the page no clipboard. Copy it from here:",
    refused: |reason| match reason {
        "" => "The picture cannot be drawn.".to_owned(),
        reason => format!("The server has no answer: {reason}"),
    },
};
