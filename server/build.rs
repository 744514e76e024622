//! Ties the server to the site it embeds (`src/site.rs`): a changed file in `target/site` rebuilds the crate.
use std::path::Path;

fn main() -> std::io::Result<()> {
    // Created empty when missing: then `cargo check -p server` works without a site, and cargo has a folder to watch,
    // so that a site built later is noticed. (Named while missing, the path would make this script run on each build.)
    let site = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/site");
    std::fs::create_dir_all(&site)?;
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=../target/site");
    Ok(())
}
