//! The browser's half: `app` to WASM by cargo, the glue by wasm-bindgen as a library, and smaller by wasm-opt.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use crate::files;

/// Beside the features that rustc turns on for the target, which wasm-opt must be told of: it refuses code that uses
/// one it does not know to be there.
const WASM_OPT: [&str; 7] = [
    "-Oz",
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// How the site is built.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// Fast to build: cargo's `dev` profile. (One of its own would build the proc macros a second time.)
    Debug,
    /// Small to download: `wasm-release` and wasm-opt.
    Release,
}

impl Profile {
    /// The name of this profile's folders.
    pub fn name(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Release => "release",
        }
    }
}

/// Runs cargo for `app` and returns the module it made.
pub fn compile(profile: Profile) -> Result<PathBuf> {
    let (cargo_profile, folder) = match profile {
        Profile::Debug => ("dev", "debug"),
        Profile::Release => ("wasm-release", "wasm-release"),
    };
    cargo(&[
        "build",
        "-p",
        "app",
        "--lib",
        "--no-default-features",
        "--features",
        "browser",
        "--target",
        "wasm32-unknown-unknown",
        "--profile",
        cargo_profile,
    ])?;
    Ok(files::target().join("wasm32-unknown-unknown").join(folder).join("app.wasm"))
}

/// Runs cargo in the workspace; an error if it fails. Cargo has said why.
pub fn cargo(args: &[&str]) -> Result<()> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    // `cargo run` describes xtask in these. Build scripts that look at them (ring's) would run again, here and then in
    // the next plain `cargo build`, and what depends on them would be compiled again.
    for (name, _) in std::env::vars_os() {
        if ["CARGO_PKG_", "CARGO_MANIFEST_"].iter().any(|start| name.to_string_lossy().starts_with(start)) {
            command.env_remove(name);
        }
    }
    let status = command.args(args).current_dir(files::root()).status().context("starting cargo")?;
    if !status.success() {
        bail!("`cargo {}` failed", args.join(" "));
    }
    Ok(())
}

/// Writes `kubehop.js` (with its snippets) and `kubehop.wasm` for the compiled module into `out`.
pub fn bind(module: &Path, out: &Path, profile: Profile) -> Result<()> {
    let debug = profile == Profile::Debug;
    wasm_bindgen_cli_support::Bindgen::new()
        .input_path(module)
        .out_name("kubehop")
        .web(true)?
        .typescript(false)
        .debug(debug)
        // Leptos's type names alone are 29 MB of a debug module; without them and DWARF a reload takes a third of the time.
        .keep_debug(false)
        .remove_name_section(true)
        .generate(out)
        .context("wasm-bindgen")?;
    // Leptos asks for the name in LEPTOS_OUTPUT_NAME, and hands it to the glue.
    let wasm = out.join("kubehop.wasm");
    fs::rename(out.join("kubehop_bg.wasm"), &wasm)?;
    if profile == Profile::Release { optimise(&wasm) } else { Ok(()) }
}

/// `wasm-opt` of npm's binaryen; an error that says how to get it.
pub fn optimiser() -> Result<PathBuf> {
    let path = files::root().join("end2end/node_modules/.bin/wasm-opt");
    if !path.exists() {
        bail!("a release site needs wasm-opt, which halves it: run `npm ci` in end2end (`make build` does)");
    }
    Ok(path)
}

fn optimise(wasm: &Path) -> Result<()> {
    let status = Command::new(optimiser()?)
        .args(WASM_OPT)
        .args([wasm.as_os_str(), "-o".as_ref(), wasm.as_os_str()])
        .status()
        .context("starting wasm-opt")?;
    if !status.success() {
        bail!("wasm-opt failed on {}", wasm.display());
    }
    Ok(())
}
