//! The download budget of design.md §6.

use std::path::Path;

use anyhow::{Result, bail};

use crate::{files, site, wasm::Profile};

/// What a browser may download for the page, WASM, JavaScript and CSS together, in bytes of brotli.
const BUDGET: usize = 600_000;

/// Prints the sizes of the release site's files; an error if they are above the budget.
pub fn check() -> Result<()> {
    if site::built() != Some(Profile::Release) {
        bail!("target/site holds no release site: run `cargo xtask site --release` first");
    }
    let tree = files::read_tree(&files::site())?;
    let mut total = 0;
    println!("{:>10} {:>10}  file", "bytes", "brotli");
    for (name, content) in &tree {
        if !matches!(name.extension().and_then(|ending| ending.to_str()), Some("wasm" | "js" | "css")) {
            continue;
        }
        let brotli = match tree.get(Path::new(&format!("{}.br", name.display()))) {
            Some(packed) => packed.len(),
            None => content.len(),
        };
        println!("{:>10} {:>10}  {}", content.len(), brotli, name.display());
        total += brotli;
    }
    println!("{:>10} {total:>10}  of {BUDGET} bytes ({} %)", "", total * 100 / BUDGET);
    if total > BUDGET {
        bail!("the page is {} bytes above its download budget", total - BUDGET);
    }
    Ok(())
}
