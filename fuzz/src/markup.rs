//! Checks documents for anything that a browser would run. Hostile names contain `<canary …>`, an element that kubehop never writes.

use roxmltree::Document;

/// Elements that run code, load a resource or change other elements, and that kubehop never writes.
const FORBIDDEN_ELEMENTS: [&str; 11] =
    ["animate", "base", "canary", "embed", "foreignobject", "iframe", "image", "img", "object", "set", "template"];

/// Attributes whose value is a URL.
const URL_ATTRIBUTES: [&str; 6] = ["action", "formaction", "href", "src", "srcset", "xlink:href"];

fn check(element: &str, attribute: &str, value: &str) {
    let value = value.trim().to_ascii_lowercase();
    assert!(!attribute.starts_with("on"), "<{element} {attribute}=\"{value}\"> runs a script");
    // Every URL is relative to the document.
    if URL_ATTRIBUTES.contains(&attribute) {
        let ours = ["./", "?", "#"].iter().any(|begin| value.starts_with(begin)) || value.is_empty();
        let relative = !value.starts_with("//") && !value.split(['?', '#']).next().unwrap_or_default().contains(':');
        assert!(ours || relative, "<{element} {attribute}=\"{value}\"> leads elsewhere");
    }
}

/// Panics if an SVG document is not XML, or contains anything that runs.
pub(crate) fn is_harmless_svg(text: &str) {
    let document = Document::parse(text).unwrap_or_else(|error| panic!("{error} in {text}"));
    for element in document.descendants().filter(roxmltree::Node::is_element) {
        let name = element.tag_name().name().to_ascii_lowercase();
        assert!(!FORBIDDEN_ELEMENTS.contains(&name.as_str()) && name != "script" && name != "a", "<{name}> in {text}");
        for attribute in element.attributes() {
            check(&name, &attribute.name().to_ascii_lowercase(), attribute.value());
        }
    }
}

/// Panics if a page contains an element that it must not contain, or a script without the nonce of its response.
pub(crate) fn is_harmless_html(text: &str, nonce: &str) {
    let mut rest = text;
    while let Some((_, after)) = rest.split_once('<') {
        rest = after;
        if let Some(comment) = after.strip_prefix("!--") {
            rest = comment.split_once("-->").expect("a comment ends").1;
            continue;
        }
        if !after.starts_with(|first: char| first.is_ascii_alphabetic()) {
            continue;
        }
        let (name, attributes, behind) = tag(after);
        assert!(!FORBIDDEN_ELEMENTS.contains(&name.as_str()), "<{name}> in {text}");
        for (attribute, value) in &attributes {
            check(&name, attribute, value);
            assert!(attribute != "style", "<{name}> has a style");
        }
        rest = behind;
        if name == "script" {
            assert!(
                attributes.iter().any(|(name, value)| name == "nonce" && value == nonce),
                "a script without its nonce"
            );
            rest = behind.split_once("</script").expect("a script ends").1;
        }
    }
    assert!(text.contains("</html>"), "the page ends early: {text}");
}

/// A tag's name and attributes, and the text after the tag; `text` begins after its `<`.
fn tag(text: &str) -> (String, Vec<(String, String)>, &str) {
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, '/' | '>')).expect("a tag ends");
    let (name, mut rest) = text.split_at(end);
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if let Some(behind) = rest.strip_prefix('>') {
            return (name.to_ascii_lowercase(), attributes, behind);
        }
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '=' | '/' | '>')).expect("an attribute ends");
        let (attribute, after) = rest.split_at(end);
        let (value, after) = match after.strip_prefix("=\"") {
            Some(quoted) => quoted.split_once('"').expect("quotes end"),
            None => ("", after.strip_prefix('=').unwrap_or(after)),
        };
        attributes.push((attribute.to_ascii_lowercase(), value.to_owned()));
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use std::panic::catch_unwind;

    use super::*;

    fn html(body: &str) -> bool {
        let text = format!("<!DOCTYPE html><html><script nonce=\"n\">1<2</script>{body}</html>");
        catch_unwind(|| is_harmless_html(&text, "n")).is_ok()
    }

    #[test]
    fn harmful_elements_of_a_page_are_found() {
        for harmless in [
            "<p>&lt;img src=x onerror=y&gt;</p>",
            "<a href=\"?a=javascript:1\">x</a>",
            "<!-- <img> --><b title=\"<img>\">x</b>",
        ] {
            assert!(html(harmless), "{harmless}");
        }
        for harmful in [
            "<img src=x>",
            "<canary>",
            "<script>x</script>",
            "<script nonce=\"m\">x</script>",
            "<b onclick=\"x\">",
            "<a href=\"javascript:x\">",
            "<a href=\" //elsewhere.example\">",
            "<b style=\"x\">",
        ] {
            assert!(!html(harmful), "{harmful}");
        }
    }

    #[test]
    fn harmful_elements_of_a_picture_are_found() {
        let svg = |body: &str| {
            let text = format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{body}</svg>");
            catch_unwind(|| is_harmless_svg(&text)).is_ok()
        };
        assert!(svg("<text>&lt;script&gt;</text><use href=\"#a\"/>"));
        for harmful in [
            "<script>x</script>",
            "<foreignObject/>",
            "<set/>",
            "<g onload=\"x\"/>",
            "<use href=\"https://a.example/#a\"/>",
            "<g>",
        ] {
            assert!(!svg(harmful), "{harmful}");
        }
    }
}
