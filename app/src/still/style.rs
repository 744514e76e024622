//! The style sheet of a picture document, made from the page's styles.

use std::sync::LazyLock;

use super::Theme;

const TOKENS: &str = include_str!("../../../style/tokens.css");
const PICTURE: [&str; 2] = [include_str!("../../../style/graph.css"), include_str!("../../../style/states.css")];

/// Rules that the page's styles do not have: for the text around the picture.
const OWN_RULES: &str = ".graph .margin{fill:var(--surface)}.graph .canvas{fill:var(--canvas)}\
    .graph .what{font-size:15px;font-weight:600;fill:var(--text)}.graph .verdict{font-size:13px;fill:var(--text)}";

/// Selectors of the live picture only: pointer states and changes.
const LIVE: [&str; 5] = [":hover", ":focus", ".near", ".changed", ".fades"];
/// Properties of the live picture only.
const LIVE_PROPERTIES: [&str; 4] = ["transition", "cursor", "user-select", "pointer-events"];

/// The style sheet of a picture in this theme. The colours are set on `.graph`, so they do not change a document around the picture.
pub(super) fn sheet(theme: Theme) -> &'static str {
    static SHEETS: LazyLock<[String; 2]> = LazyLock::new(|| [Theme::Light, Theme::Dark].map(made));
    match theme {
        Theme::Light => &SHEETS[0],
        Theme::Dark => &SHEETS[1],
    }
}

fn made(theme: Theme) -> String {
    let mut sheet = String::new();
    for Rule { selectors, body } in rules(TOKENS) {
        if selectors == ":root" || (theme == Theme::Dark && selectors == r#":root[data-theme="dark"]"#) {
            push(&mut sheet, ".graph", &body);
        }
    }
    for rule in PICTURE.into_iter().flat_map(rules) {
        let body: Vec<&str> = rule.body.split(';').map(str::trim).filter(|one| !is_live(one)).collect();
        // A whole rule is left out if one of its selectors is live. No such rule of the page has another selector.
        if !rule.selectors.starts_with('@') && !LIVE.iter().any(|live| rule.selectors.contains(live)) {
            push(&mut sheet, &rule.selectors, &body.join(";"));
        }
    }
    sheet + OWN_RULES
}

fn is_live(declaration: &str) -> bool {
    let property = declaration.split(':').next().unwrap_or_default().trim();
    property.is_empty() || LIVE_PROPERTIES.contains(&property)
}

fn push(sheet: &mut String, selectors: &str, body: &str) {
    if !body.is_empty() {
        sheet.extend([selectors, "{", body.trim_end_matches(';'), "}"]);
    }
}

struct Rule {
    selectors: String,
    body: String,
}

/// The rules of a sheet, with white space reduced to single spaces. An at-rule with its nested rules is one rule.
fn rules(css: &str) -> Vec<Rule> {
    let mut plain = String::new();
    let mut rest = css;
    while let Some((before, comment)) = rest.split_once("/*") {
        plain.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    let (mut rules, mut depth, mut start, mut open) = (Vec::new(), 0_u32, 0, 0);
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    for (at, c) in plain.char_indices() {
        match c {
            '{' => {
                if depth == 0 {
                    open = at;
                }
                depth += 1;
            }
            '}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    let body = words(&plain[open + 1..at]).replace("; ", ";").replace(": ", ":");
                    rules.push(Rule { selectors: words(&plain[start..open]), body });
                    start = at + 1;
                }
            }
            _ => {}
        }
    }
    rules
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_has_the_rules_of_a_still_picture_and_one_theme() {
        let (light, dark) = (sheet(Theme::Light), sheet(Theme::Dark));
        for sheet in [light, dark] {
            for part in
                [".graph .card,", ".graph .wire{", "--path:var(--bad)", ".heads .head{", "[data-state~=\"dimmed\"]"]
            {
                assert!(sheet.contains(part), "{part}: {sheet}");
            }
            for part in ["@", ":hover", "transition", "cursor", "/*", "<", "&", "url(", ":root", "pointer-events", "{}"]
            {
                assert!(!sheet.contains(part), "{part}: {sheet}");
            }
            assert_eq!(sheet.matches('{').count(), sheet.matches('}').count());
        }
        assert!(light.contains("--canvas:#f6f7f9") && !light.contains("#0e1217"), "{light}");
        // The last declaration of a property applies.
        assert!(dark.find("#f6f7f9") < dark.find("--canvas:#0e1217"), "{dark}");
    }
}
