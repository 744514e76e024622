//! Ties the server to the site it embeds (`src/http/site.rs`): a release build sees new and changed files in `target/site`.
use std::path::PathBuf;

fn main() -> std::io::Result<()> {
    println!("cargo::rerun-if-changed=build.rs");
    // Creates the folder if it is missing: then the crate builds without a site, and cargo watches the folder, so that a site made later
    // is noticed. (A missing path in `rerun-if-changed` makes this script run on each build.) The path is computed at run time, because
    // cargo may reuse a script that was built elsewhere.
    let target = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("../target");
    std::fs::create_dir_all(target.join("site"))?;

    // A server with debug assertions reads the site from the disk and needs no rebuild for it.
    if std::env::var_os("CARGO_CFG_DEBUG_ASSERTIONS").is_none() {
        println!("cargo::rerun-if-changed=../target/site");
        let is_release = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
        if is_release && std::fs::read_to_string(target.join("site.profile")).unwrap_or_default() != "release" {
            println!("cargo::warning=target/site is no release site: `make build` makes one first");
        }
    }
    Ok(())
}
