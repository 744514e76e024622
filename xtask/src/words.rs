//! The texts of each language as one file, for the browser to load.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};

use crate::files;

/// The languages below `folder`, each the name of a folder and the Fluent files in it put together, in the order of their names. What is in
/// a folder below, only the server says. Comments are for translators: they are left out.
pub fn languages(folder: &Path) -> Result<Vec<(String, String)>> {
    let mut languages: Vec<(String, String)> = Vec::new();
    for path in files::walk(folder) {
        if path.extension().is_none_or(|ending| ending != "ftl") {
            bail!("{} is no file of texts", path.display());
        }
        let place: Vec<_> = path.strip_prefix(folder)?.iter().map(|step| step.to_string_lossy()).collect();
        let [language, _file] = place.as_slice() else { continue };
        let language = language.to_string();
        let texts = fs::read_to_string(&path).with_context(|| format!("reading the texts {}", path.display()))?;
        if languages.last().is_none_or(|(last, _)| *last != language) {
            languages.push((language, String::new()));
        }
        if let Some((_, all)) = languages.last_mut() {
            all.extend(texts.lines().filter(|line| !line.starts_with('#')).flat_map(|line| [line, "\n"]));
        }
    }
    Ok(languages)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_of_a_language_become_one_without_comments() {
        let folder = std::env::temp_dir().join(format!("kubehop-words-{}", std::process::id()));
        for (name, texts) in [
            ("en/b.ftl", "### B\n\nb = B #1\n"),
            ("en/a.ftl", "# $n (Number) - How many.\na = { $n ->\n        [one] one\n       *[other] many\n    }\n"),
            ("en/server/c.ftl", "c = C"),
            ("zh/a.ftl", "a = 甲"),
        ] {
            let path = folder.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, texts).unwrap();
        }
        let found = languages(&folder).unwrap();
        fs::remove_dir_all(&folder).unwrap();
        let english = "a = { $n ->\n        [one] one\n       *[other] many\n    }\n\nb = B #1\n";
        assert_eq!(
            found,
            [("en", english), ("zh", "a = 甲\n")].map(|(name, texts)| (name.to_owned(), texts.to_owned()))
        );
    }
}
