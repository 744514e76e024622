//! The glue of a release: without what nobody calls, and with short names.
//!
//! wasm-bindgen names each import and export after its type and a hash, in the glue and in the module. They do not compress: as
//! short names they save some 4 kB. It also exports the classes of wasm-streams, which Leptos's server functions would use and
//! this page has none of; without them wasm-opt finds their code unused.
//!
//! All this relies on how wasm-bindgen lays out its text, and the workspace pins its version. What is not as expected is an
//! error, never a broken page.

use std::{collections::BTreeMap, fmt::Write};

use anyhow::{Context, Result, bail};

/// What nobody calls, by the beginning of its first line. It goes on to the first line that is its end.
const UNUSED: [(&str, &str); 4] = [
    ("export class IntoUnderlying", "}"),
    ("if (Symbol.dispose) IntoUnderlying", ";"),
    ("const IntoUnderlying", ";"),
    ("function initSync(", "}"),
];

/// The glue without comments, indentation, and what nobody calls.
pub fn pruned(glue: &str) -> Result<String> {
    let mut out = String::new();
    let mut lines = glue.lines();
    let mut comment = false;
    while let Some(line) = lines.next() {
        if let Some((_, end)) = UNUSED.iter().find(|(start, _)| line.starts_with(start)) {
            let ends = |line: &str| if *end == "}" { line == "}" } else { line.ends_with(end) };
            if !ends(line) && !lines.any(ends) {
                bail!("the glue has no end of `{line}`");
            }
            continue;
        }
        let line = line.trim();
        comment |= line.starts_with("/*");
        if !comment && !line.is_empty() && !line.starts_with("//") {
            out.push_str(line);
            out.push('\n');
        }
        comment &= !line.ends_with("*/");
    }
    let exports = "export { initSync, __wbg_init as default };";
    if !out.contains(exports) || out.contains("IntoUnderlying") {
        bail!("the glue is not laid out as this expects: look at what wasm-bindgen writes now");
    }
    Ok(out.replace(exports, "export { __wbg_init as default };"))
}

/// The graph for `wasm-metadce`: of the module's exports only those are reached that the glue uses.
pub fn roots(glue: &str) -> String {
    let mut used: Vec<&str> =
        words(glue).filter_map(|(before, word)| before.ends_with("wasm.").then_some(word)).collect();
    used.sort_unstable();
    used.dedup();
    let reached: Vec<String> = used.iter().map(|name| format!("\"{name}\"")).collect();
    let mut graph = format!("[{{\"name\":\"glue\",\"root\":true,\"reaches\":[{}]}}", reached.join(","));
    for name in used {
        // Writing to a String does not fail.
        let _ = write!(graph, ",{{\"name\":\"{name}\",\"export\":\"{name}\"}}");
    }
    graph + "]"
}

/// The glue with the names that wasm-opt gave, as it printed them, and without the imports that the module has no more.
pub fn renamed(glue: &str, printed: &str) -> Result<String> {
    let names: Names = serde_json::from_str(printed).context("what wasm-opt prints of its names")?;
    let imports: BTreeMap<&str, &str> = names.imports.iter().map(|(_, long, short)| (&**long, &**short)).collect();
    let exports: BTreeMap<&str, &str> = names.exports.iter().map(|(long, short)| (&**long, &**short)).collect();
    let mut out = String::new();
    let mut seen = 0;
    let mut lines = glue.lines();
    while let Some(line) = lines.next() {
        // One import: `name: function…`, to the line with which it closes.
        let import = line.split_once(": function(").filter(|(name, _)| name.starts_with("__wb"));
        if let Some((long, rest)) = import {
            let Some(short) = imports.get(long) else {
                if !lines.any(|line| line == "}," || line == "}, arguments); },") {
                    bail!("the glue has no end of {long}");
                }
                continue;
            };
            seen += 1;
            write!(out, "{short}: function(")?;
            rename_exports(rest, &exports, &mut out);
        } else {
            rename_exports(line, &exports, &mut out);
        }
        out.push('\n');
    }
    if seen != imports.len() {
        bail!("the module has {} imports, and the glue {seen} of them", imports.len());
    }
    match names.imports.first() {
        Some((module, ..)) if out.matches(&**module).count() == 1 => Ok(out.replace(&**module, MODULE)),
        _ => bail!("the glue does not name the module of its imports once"),
    }
}

/// What wasm-opt calls the module of all imports.
const MODULE: &str = "a";

#[derive(serde::Deserialize)]
struct Names {
    /// Module, name, and short name.
    imports: Vec<(String, String, String)>,
    exports: Vec<(String, String)>,
}

fn rename_exports(line: &str, exports: &BTreeMap<&str, &str>, out: &mut String) {
    let mut at = 0;
    for (before, word) in words(line) {
        let end = before.len();
        let short = exports.get(word).filter(|_| before.ends_with("wasm.") || word.starts_with("wasm_bindgen_"));
        if let Some(short) = short {
            out.push_str(&line[at..end]);
            // The glue's own function around an export has its name too.
            out.push_str(if before.ends_with("wasm.") { "" } else { "call$" });
            out.push_str(short);
            at = end + word.len();
        }
    }
    out.push_str(&line[at..]);
}

/// Each identifier, with all that stands before it.
fn words(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let part = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    let mut end = 0;
    std::iter::from_fn(move || {
        let start = end + text[end..].find(part)?;
        end = text[start..].find(|c| !part(c)).map_or(text.len(), |length| start + length);
        Some((&text[..start], &text[start..end]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE: &str = "\
export class IntoUnderlyingSink {
    free() {
        wasm.__wbg_intounderlyingsink_free(0);
    }
}
if (Symbol.dispose) IntoUnderlyingSink.prototype[Symbol.dispose] = IntoUnderlyingSink.prototype.free;
/**
 * Makes the page live.
 */
export function hydrate() {
    wasm.hydrate();
}
function __wbg_get_imports() {
    const import0 = {
        __wbg_body_5f97: function(arg0) {
            // why
            return arg0.body;
        },
        __wbg_blur_c285: function() { return handleError(function (arg0) {
            arg0.blur();
        }, arguments); },
        __wbindgen_cast_1: function(arg0, arg1) {
            return makeClosure(arg0, arg1, wasm_bindgen_843b___invoke_);
        },
    };
    return {
        \"./kubehop_bg.js\": import0,
    };
}
function wasm_bindgen_843b___invoke_(arg0, arg1) {
    wasm.wasm_bindgen_843b___invoke_(arg0, arg1);
}
const IntoUnderlyingSinkFinalization = (typeof FinalizationRegistry === 'undefined')
    ? { register: () => {}, unregister: () => {} }
    : new FinalizationRegistry(ptr => wasm.__wbg_intounderlyingsink_free(ptr, 1));
function initSync(module) {
    if (wasm !== undefined) {
    }
}
export { initSync, __wbg_init as default };
";

    const PRINTED: &str = r#"{"imports":[["./kubehop_bg.js","__wbg_body_5f97","b"],["./kubehop_bg.js","__wbindgen_cast_1","c"]],
        "exports":[["hydrate","d"],["wasm_bindgen_843b___invoke_","e"]]}"#;

    #[test]
    fn what_is_left_calls_and_is_called_by_short_names() {
        let pruned = pruned(GLUE).unwrap();
        assert_eq!(
            renamed(&pruned, PRINTED).unwrap(),
            "\
export function hydrate() {
wasm.d();
}
function __wbg_get_imports() {
const import0 = {
b: function(arg0) {
return arg0.body;
},
c: function(arg0, arg1) {
return makeClosure(arg0, arg1, call$e);
},
};
return {
\"a\": import0,
};
}
function call$e(arg0, arg1) {
wasm.e(arg0, arg1);
}
export { __wbg_init as default };
"
        );
    }

    #[test]
    fn only_what_the_glue_uses_is_reached() {
        assert_eq!(
            roots(&pruned(GLUE).unwrap()),
            r#"[{"name":"glue","root":true,"reaches":["hydrate","wasm_bindgen_843b___invoke_"]},{"name":"hydrate","export":"hydrate"},{"name":"wasm_bindgen_843b___invoke_","export":"wasm_bindgen_843b___invoke_"}]"#
        );
    }

    #[test]
    fn an_import_that_the_glue_does_not_have_is_an_error() {
        let printed = PRINTED.replace("__wbg_body_5f97", "__wbg_other_5f97");
        assert!(renamed(&pruned(GLUE).unwrap(), &printed).is_err());
        assert!(pruned("export function hydrate() {\n}\n").is_err());
    }
}
