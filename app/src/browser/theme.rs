//! The colours of the page: the reader's choice, which the browser stores, or the system's.

use super::window::{document, matches_media, window};

/// The key of the choice in the browser's storage. The script in the head of the document reads it too (`shell`).
const KEY: &str = "kubehop.theme";

/// The reader's choice, `light` or `dark`; empty for the system's colours, and on the server.
pub fn chosen_theme() -> String {
    document().and_then(|document| document.document_element()?.get_attribute("data-theme")).unwrap_or_default()
}

/// Applies and stores a choice; an empty one means the system's colours.
pub fn choose_theme(theme: &str) {
    let storage = window().and_then(|window| window.local_storage().ok().flatten());
    // In a browser without storage for this page, the choice applies until the page is left.
    let _kept = match (storage, theme) {
        (Some(storage), "") => storage.remove_item(KEY),
        (Some(storage), theme) => storage.set_item(KEY, theme),
        (None, _) => Ok(()),
    };
    let Some(root) = document().and_then(|document| document.document_element()) else { return };
    let _shown =
        if theme.is_empty() { root.remove_attribute("data-theme") } else { root.set_attribute("data-theme", theme) };
}

/// Whether the page is dark now.
pub fn is_dark() -> bool {
    match chosen_theme().as_str() {
        "" => matches_media("(prefers-color-scheme: dark)"),
        chosen => chosen == "dark",
    }
}
