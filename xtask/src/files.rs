//! The folders of the workspace, and file trees.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::SystemTime,
};

use anyhow::{Context, Result};

/// The workspace's root.
pub fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_owned()
}

/// Cargo's target folder.
pub fn target() -> PathBuf {
    root().join(std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()))
}

/// The finished site. The server embeds it by a path relative to its crate, so this folder does not depend on cargo's target folder.
pub fn site() -> PathBuf {
    root().join("target/site")
}

/// A file tree in memory: file contents by relative path.
pub type Tree = BTreeMap<PathBuf, Vec<u8>>;

/// Every file below `folder` except hidden ones; empty if there is no such folder.
pub fn read_tree(folder: &Path) -> Result<Tree> {
    walk(folder)
        .into_iter()
        .map(|path| {
            let content = fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
            Ok((path.strip_prefix(folder)?.to_owned(), content))
        })
        .collect()
}

/// Makes `folder` hold exactly `tree`, and writes only files that differ, so that cargo and browsers see real changes only.
pub fn write_tree(folder: &Path, tree: &Tree) -> Result<()> {
    fs::create_dir_all(folder)?;
    for path in walk(folder) {
        if !tree.contains_key(path.strip_prefix(folder)?) {
            fs::remove_file(&path).with_context(|| format!("removing {}", path.display()))?;
        }
    }
    for (name, content) in tree {
        let path = folder.join(name);
        if fs::read(&path).is_ok_and(|old| old == *content) {
            continue;
        }
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(&path, content).with_context(|| format!("writing {}", path.display()))?;
    }
    Ok(())
}

/// The paths of all files below `folder` except hidden ones, sorted.
pub fn walk(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with('.') {
            continue;
        }
        match entry.path() {
            path if path.is_dir() => found.extend(walk(&path)),
            path => found.push(path),
        }
    }
    found.sort();
    found
}

/// The time of a file's last change; `None` if there is no such file.
pub fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|file| file.modified()).ok()
}
