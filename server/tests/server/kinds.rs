//! The server takes kinds from the table `topology::cluster::kinds`: it has no list of its own.

use std::fs;
use std::path::{Path, PathBuf};

use topology::cluster::kinds::Kind;

/// Files that are about certain kinds, so they name them: the counts of Services, Pods and problems of each namespace, and the fields of
/// each kind that a manifest may show (an exhaustive match: a new kind does not compile without its fields).
const ABOUT_SOME_KINDS: [&str; 2] = ["live/overview.rs", "manifest/allowed.rs"];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let below = |path: PathBuf| if path.is_dir() { sources(&path) } else { vec![path] };
    entries.filter(|path| !path.ends_with("tests") && !path.ends_with("tests.rs")).flat_map(below).collect()
}

#[test]
fn no_file_of_the_server_lists_kinds() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = sources(&root);
    assert!(files.len() > 40, "{files:?}");
    for file in files.iter().filter(|file| !ABOUT_SOME_KINDS.iter().any(|about| file.ends_with(about))) {
        let text = fs::read_to_string(file).unwrap_or_default();
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let is_named = |kind: &Kind| {
            let name = format!("Kind::{kind}");
            code.match_indices(&name)
                .any(|(at, _)| !code[at + name.len()..].starts_with(|next: char| next.is_alphanumeric()))
        };
        let named: Vec<Kind> = Kind::ALL.into_iter().filter(is_named).collect();
        assert!(named.len() < 3, "{} names {named:?}: take them from the table of kinds", file.display());
    }
}
