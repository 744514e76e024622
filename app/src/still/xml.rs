//! From the HTML that views are written as to XML: the same elements, without what only HTML allows.

/// A character that XML 1.0 can hold (§2.2); what cannot be held is shown as something that could not.
fn shown(c: char) -> char {
    match c {
        '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'.. => c,
        _ => '\u{fffd}',
    }
}

/// A text as it stands in an element or in an attribute's quotes.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().map(shown) {
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

/// The views' HTML as XML: their markers (`<!>`) and comments are left out, every attribute has a value, and nothing pretends that
/// it can be operated (`tabindex`, the role of a button).
///
/// In that HTML texts and attributes are escaped already, and every element is closed.
pub(super) fn of_html(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((text, after)) = rest.split_once('<') {
        out.extend(text.chars().map(shown));
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
    out.extend(rest.chars().map(shown));
    out
}

/// Where a tag's `>` is; one in quotes is none.
fn end_of_tag(text: &str) -> usize {
    let mut quoted = false;
    let end = text.find(|c| {
        quoted ^= c == '"';
        c == '>' && !quoted
    });
    end.unwrap_or(text.len())
}

/// Writes a tag; `tag` is what is between `<` and `>`.
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
            out.extend(value.chars().map(shown));
            out.push('"');
        }
    }
    out.push('>');
}

/// An attribute's name and value, and what follows it; without a value it is empty.
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
