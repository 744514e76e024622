//! No two top-level modules of a crate need each other, nor two modules of the resolver.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

type Uses = BTreeMap<String, BTreeSet<String>>;

#[test]
fn no_two_modules_of_a_crate_need_each_other() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let crates = ["app/src", "server/src", "crates/sandbox/src", "crates/topology/src", "xtask/src"];
    let resolver = ("crates/topology/src/path", "crate::path::");
    for (source, prefix) in crates.map(|source| (source, "crate::")).into_iter().chain([resolver]) {
        let uses = uses_of(&root.join(source), prefix);
        assert!(uses.values().any(|used| !used.is_empty()), "{source}: no module names another");
        let circles: Vec<&String> = uses.keys().filter(|module| reaches(&uses, module)).collect();
        assert!(circles.is_empty(), "{source}: these modules need each other: {circles:?}");
    }
}

#[test]
fn a_circle_of_three_modules_is_found() {
    let uses = [("a", "b"), ("b", "c"), ("c", "a"), ("d", "a")];
    let uses: Uses = uses.map(|(from, to)| (from.to_owned(), BTreeSet::from([to.to_owned()]))).into();
    let circles: Vec<&String> = uses.keys().filter(|module| reaches(&uses, module)).collect();
    assert_eq!(circles, ["a", "b", "c"]);
}

/// Whether a module needs itself, through others.
fn reaches(uses: &Uses, module: &str) -> bool {
    let (mut seen, mut next) = (BTreeSet::new(), vec![module]);
    while let Some(at) = next.pop() {
        for used in uses.get(at).into_iter().flatten() {
            if used == module {
                return true;
            }
            if seen.insert(used) {
                next.push(used);
            }
        }
    }
    false
}

/// What each module of a folder names of the others after `prefix`, in code and not in tests.
fn uses_of(source: &Path, prefix: &str) -> Uses {
    let modules: BTreeSet<String> = entries(source).iter().filter_map(|path| module(path)).collect();
    let mut uses = Uses::new();
    for path in entries(source) {
        let Some(own) = module(&path) else { continue };
        let used = uses.entry(own.clone()).or_default();
        let text = code(&path);
        let named = text.split(prefix).skip(1).flat_map(names);
        used.extend(named.filter(|name| *name != own && modules.contains(name)));
    }
    uses
}

/// The names at the beginning of what follows a prefix: one, or those of a group in braces.
fn names(rest: &str) -> Vec<String> {
    let is_in_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let group = rest.strip_prefix('{').and_then(|group| group.split('}').next());
    let items = group.map_or(vec![rest], |group| group.split(',').collect());
    items.into_iter().map(|item| item.trim_start().chars().take_while(|c| is_in_name(*c)).collect()).collect()
}

/// The name of the module that a file or a folder belongs to; the root of the crate and tests belong to none.
fn module(path: &Path) -> Option<String> {
    let name = path.file_stem()?.to_str()?;
    (!matches!(name, "lib" | "main" | "tests" | "testing" | "truth_table")).then(|| name.to_owned())
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries.flatten().map(|entry| entry.path()).collect()
}

/// The code of a file, or of all files of a folder, without comments, and up to the tests of each file.
fn code(path: &Path) -> String {
    if path.is_dir() {
        return entries(path).iter().filter(|path| module(path).is_some()).map(|path| code(path)).collect();
    }
    if path.extension().is_none_or(|extension| extension != "rs") {
        return String::new();
    }
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let lines = text.lines().take_while(|line| *line != "#[cfg(test)]" || !text.contains("mod tests {"));
    lines.filter(|line| !line.trim_start().starts_with("//")).fold(String::new(), |text, line| text + line + "\n")
}
