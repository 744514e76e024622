//! The download budget of design.md §6.

use std::path::Path;

use anyhow::{Result, bail};

use crate::{files, site, wasm::Profile};

/// Maximum download of the page before its lazy parts, in bytes of brotli: WASM, JavaScript, CSS and the texts of one language together.
const PAGE_BUDGET: usize = 600_000;
/// Maximum download of one lazy part, in bytes of brotli.
const PART_BUDGET: usize = 150_000;
/// Maximum download of all lazy parts, in bytes of brotli.
const LAZY_BUDGET: usize = 500_000;

/// Prints the sizes of the release site's files; an error if they are above the budget.
pub fn check() -> Result<()> {
    if site::built() != Some(Profile::Release) {
        bail!("target/site holds no release site: run `cargo xtask site --release` first");
    }
    let tree = files::read_tree(&files::site())?;
    let (mut page, mut largest_language, mut parts) = (0, 0, Vec::new());
    println!("{:>10} {:>10}  file", "bytes", "brotli");
    for (name, content) in &tree {
        let ending = name.extension().and_then(|ending| ending.to_str());
        if !matches!(ending, Some("wasm" | "js" | "css" | "ftl")) {
            continue;
        }
        let brotli = match tree.get(Path::new(&format!("{}.br", name.display()))) {
            Some(packed) => packed.len(),
            None => content.len(),
        };
        println!("{:>10} {:>10}  {}", content.len(), brotli, name.display());
        match ending {
            // A browser loads one language.
            Some("ftl") => largest_language = largest_language.max(brotli),
            Some("wasm") if name != Path::new("pkg/kubehop.wasm") => parts.push(brotli),
            _ => page += brotli,
        }
    }
    page += largest_language;
    let lazy: usize = parts.iter().sum();
    let checks = [
        ("the page before its lazy parts", page, PAGE_BUDGET),
        ("the largest lazy part", parts.iter().copied().max().unwrap_or_default(), PART_BUDGET),
        ("all lazy parts", lazy, LAZY_BUDGET),
    ];
    for (what, size, budget) in checks {
        println!("{size:>21}  of {budget} bytes ({} %): {what}", size * 100 / budget);
    }
    match checks.into_iter().find(|(_, size, budget)| size > budget) {
        Some((what, size, budget)) => bail!("{what}: {} bytes above the download budget", size - budget),
        None => Ok(()),
    }
}
