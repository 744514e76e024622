//! The language of an answer: the URL's, else the one that the client prefers.

use http::header::ACCEPT_LANGUAGE;
use http::{HeaderMap, Uri};
use words::Language;

/// The language of this tag; without a tag, or for a tag without texts, the language that the client prefers.
pub(super) fn choose(requested: Option<&str>, headers: &HeaderMap) -> Language {
    let accepted = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    requested.and_then(|tag| Language::of_tag(tag.trim())).unwrap_or_else(|| preferred(accepted))
}

/// The language of a request: that of its parameter `lang`, else the one that the client prefers.
pub(super) fn of_request(uri: &Uri, headers: &HeaderMap) -> Language {
    let query = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes());
    let requested = query.filter(|(name, _)| name == "lang").map(|(_, tag)| tag).next();
    choose(requested.as_deref(), headers)
}

/// The language with the highest weight in a list such as `zh-CN,zh;q=0.9,en;q=0.8` (RFC 9110 §12.5.4); English if there are texts in
/// none.
fn preferred(accepted: &str) -> Language {
    let mut best = (Language::English, 0.0);
    for range in accepted.split(',') {
        let mut parts = range.split(';');
        let Some(own) = parts.next().and_then(|tag| Language::of_tag(tag.trim())) else { continue };
        let weight = parts.find_map(|part| part.trim().strip_prefix("q=")?.parse().ok()).unwrap_or(1.0);
        // Of equal weights the first one wins.
        if weight > best.1 {
            best = (own, weight);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_the_urls_else_the_one_that_the_browser_prefers() {
        for (requested, accepted, expected) in [
            (None, "", "en"),
            (None, "zh-CN,zh;q=0.9,en;q=0.8", "zh"),
            (None, "de,en;q=0.5,zh;q=0.4", "en"),
            (None, "fr;q=0.9, zh-TW;q=0.8", "zh"),
            (None, "en;q=0, zh", "zh"),
            (None, "zh;q=0", "en"),
            (None, "zhuang, *", "en"),
            (None, "en-GB,zh", "en"),
            (Some("zh"), "en", "zh"),
            (Some("zh-Hans"), "en", "zh"),
            (Some("en"), "zh", "en"),
            (Some("tlh"), "zh", "zh"),
            (Some(""), "zh;q=x", "zh"),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_LANGUAGE, accepted.parse().unwrap());
            assert_eq!(choose(requested, &headers).code(), expected, "{requested:?} {accepted}");
        }
        assert_eq!(choose(None, &HeaderMap::new()), Language::English);
    }
}
