//! Bundles `style/` into one style sheet: `main.css` with its imports inlined.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};

/// Reads a style sheet and replaces each line `@import "./other.css";` by that file. All other text is kept as it is.
pub fn bundle(main: &Path) -> Result<String> {
    let mut out = String::new();
    append(main, &mut Vec::new(), &mut out)?;
    Ok(out)
}

fn append(file: &Path, open: &mut Vec<std::path::PathBuf>, out: &mut String) -> Result<()> {
    if open.iter().any(|other| other == file) {
        bail!("{} imports itself", file.display());
    }
    let text = fs::read_to_string(file).with_context(|| format!("reading the style sheet {}", file.display()))?;
    open.push(file.to_owned());
    for (number, line) in text.lines().enumerate() {
        if !line.trim_start().starts_with("@import") {
            out.push_str(line);
            out.push('\n');
            continue;
        }
        let place = || format!("{}:{}", file.display(), number + 1);
        let name = line.trim().strip_prefix("@import \"./").and_then(|rest| rest.strip_suffix("\";"));
        let Some(name) = name else {
            bail!("{}: only `@import \"./FILE.css\";` on a line of its own is supported", place());
        };
        append(&file.with_file_name(name), open, out).with_context(place)?;
    }
    open.pop();
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes the files into a new folder and bundles `main.css`.
    fn bundled(test: &str, files: &[(&str, &str)]) -> Result<String> {
        let folder = std::env::temp_dir().join(format!("kubehop-style-{}-{test}", std::process::id()));
        fs::create_dir_all(&folder)?;
        for (name, content) in files {
            fs::write(folder.join(name), content)?;
        }
        let bundled = bundle(&folder.join("main.css"));
        fs::remove_dir_all(&folder)?;
        bundled
    }

    #[test]
    fn imports_are_inlined_in_their_order() {
        let files = [
            ("main.css", "@import \"./b.css\";\n@import \"./a.css\";\nmain {}\n"),
            ("a.css", "a {}"),
            ("b.css", "b {}\n"),
        ];
        assert_eq!(bundled("order", &files).unwrap(), "b {}\na {}\nmain {}\n");
    }

    #[test]
    fn the_error_of_a_sheet_that_cannot_be_bundled_names_the_line() {
        for (test, import) in
            [("missing", "@import \"./no.css\";"), ("url", "@import url(x);"), ("self", "@import \"./main.css\";")]
        {
            let error = bundled(test, &[("main.css", &format!("a {{}}\n{import}\n"))]).unwrap_err();
            assert!(format!("{error:#}").contains("main.css:2"), "{error:#}");
        }
    }
}
