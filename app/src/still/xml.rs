//! Converts the HTML of views to XML with the same elements.

/// The character itself if XML 1.0 allows it (§2.2), else U+FFFD.
fn allowed(c: char) -> char {
    match c {
        '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'.. => c,
        _ => '\u{fffd}',
    }
}

/// Escapes a text for an element or for a quoted attribute.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().map(allowed) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

/// Converts the HTML of views to XML. Markers (`<!>`), comments, `tabindex` and the role of a button are left out: a picture document
/// cannot be operated. Every attribute gets a value.
///
/// The HTML must be well-formed: texts and attributes are escaped, and every element is closed.
pub(super) fn of_html(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((text, after)) = rest.split_once('<') {
        out.extend(text.chars().map(allowed));
        rest = if let Some(comment) = after.strip_prefix("!--") {
            comment.split_once("-->").map_or("", |(_, rest)| rest)
        } else if let Some(marker) = after.strip_prefix('!') {
            marker.split_once('>').map_or("", |(_, rest)| rest)
        } else {
            let (tag, rest) = after.split_at(end_of_tag(after));
            push_tag(tag, &mut out);
            rest.strip_prefix('>').unwrap_or_default()
        };
    }
    out.extend(rest.chars().map(allowed));
    out
}

/// The position of a tag's closing `>`; a `>` in quotes does not count.
fn end_of_tag(text: &str) -> usize {
    let mut quoted = false;
    let end = text.find(|c| {
        quoted ^= c == '"';
        c == '>' && !quoted
    });
    end.unwrap_or(text.len())
}

/// Writes a tag; `tag` is the text between `<` and `>`.
fn push_tag(tag: &str, out: &mut String) {
    let (name, mut rest) = tag.split_at(tag.find(char::is_whitespace).unwrap_or(tag.len()));
    out.push('<');
    out.push_str(name);
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix('/') {
            out.push('/');
            rest = after;
            continue;
        }
        let (name, value, after) = attribute(rest);
        if name.is_empty() {
            break;
        }
        rest = after;
        if name != "tabindex" && (name, value) != ("role", "button") {
            out.extend([" ", name, "=\""]);
            out.extend(value.chars().map(allowed));
            out.push('"');
        }
    }
    out.push('>');
}

/// An attribute's name, its value (empty if it has none), and the rest of the text.
fn attribute(text: &str) -> (&str, &str, &str) {
    let end = text.find(|c: char| matches!(c, '=' | '/') || c.is_whitespace()).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    match rest.strip_prefix("=\"").and_then(|rest| rest.split_once('"')) {
        Some((value, after)) => (name, value, after),
        None => (name, "", rest),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_becomes_xml() {
        for (html, xml) in [
            ("a<!>b<!-- <c> -->d", "abd"),
            (
                r#"<g class="x" tabindex="0" role="button" data-a="1 > 0"><b hidden/></g>"#,
                r#"<g class="x" data-a="1 > 0"><b hidden=""/></g>"#,
            ),
            ("<text role=\"img\">x &lt; y\u{0}\u{1b}</text>", "<text role=\"img\">x &lt; y\u{fffd}\u{fffd}</text>"),
            ("<a b=\"\u{1}\">tabindex=\"0\"</a>", "<a b=\"\u{fffd}\">tabindex=\"0\"</a>"),
            ("<broken", "<broken>"),
            ("<broken =>x", "<broken>x"),
        ] {
            assert_eq!(of_html(html), xml);
        }
        assert_eq!(escaped("<a & \"b\">\u{8}\u{1f980}"), "&lt;a &amp; &quot;b&quot;&gt;\u{fffd}\u{1f980}");
    }
}
