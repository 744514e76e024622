//! The download budget of design.md §6.

use std::path::Path;

use anyhow::{Result, bail};

use crate::{files, site, wasm::Profile};

/// Maximum download of the page, in bytes of brotli: WASM, JavaScript, CSS and the texts of one language together.
const BUDGET: usize = 600_000;

/// Prints the sizes of the release site's files; an error if they are above the budget.
pub fn check() -> Result<()> {
    if site::built() != Some(Profile::Release) {
        bail!("target/site holds no release site: run `cargo xtask site --release` first");
    }
    let tree = files::read_tree(&files::site())?;
    let (mut total, mut largest_language) = (0, 0);
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
        // A browser loads one language.
        if ending == Some("ftl") {
            largest_language = largest_language.max(brotli);
        } else {
            total += brotli;
        }
    }
    total += largest_language;
    println!("{:>10} {total:>10}  of {BUDGET} bytes ({} %)", "", total * 100 / BUDGET);
    if total > BUDGET {
        bail!("the page is {} bytes above its download budget", total - BUDGET);
    }
    Ok(())
}
