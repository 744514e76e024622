//! Builds the browser half: cargo compiles `app` to WASM, wasm-bindgen (as a library) makes the glue, and wasm-opt makes the module
//! smaller.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};

use crate::files;

/// The WASM features that rustc enables for the target. binaryen must be given them, because it refuses code that uses any other feature.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Options for a small compressed module: `-Oz` makes a smaller module that compresses to a larger one. Functions with one caller are
/// mostly copies of one generic function, which compress better if they are not inlined, and if they stand side by side, as their names do.
const WASM_OPT: [&str; 4] = ["-Os", "--one-caller-inline-max-function-size", "10", "--debuginfo"];

/// The build profile of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// Fast to build: cargo's `dev` profile. (A separate profile would build the proc macros a second time.)
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

/// Runs cargo for `app` and returns the path of its module.
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

/// Runs cargo in the workspace; an error if cargo fails, which has printed the reason.
pub fn cargo(args: &[&str]) -> Result<()> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    // `cargo run` sets these variables for xtask. Build scripts that read them (ring's) would run again, here and then in the next plain
    // `cargo build`, and the crates that depend on them would be compiled again.
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
        // Leptos's type names are 29 MB of a debug module; without them and DWARF a reload takes a third of the time.
        .keep_debug(false)
        // A release is sorted by the functions' names, then these are removed.
        .remove_name_section(debug)
        .generate(out)
        .context("wasm-bindgen")?;
    // The page hands the name to the glue (`app::shell`).
    let wasm = out.join("kubehop.wasm");
    fs::rename(out.join("kubehop_bg.wasm"), &wasm)?;
    if profile == Profile::Release { optimise(&wasm, &out.join("kubehop.js")) } else { Ok(()) }
}

/// An error that says how to install npm's binaryen and esbuild, if they are missing.
pub fn optimiser() -> Result<()> {
    for name in ["wasm-opt", "esbuild"] {
        if !tool(name).exists() {
            bail!("a release site needs {name}, which makes it small: run `npm ci` in end2end (`make build` does)");
        }
    }
    Ok(())
}

/// Optimises the module and its glue for size.
fn optimise(wasm: &Path, glue: &Path) -> Result<()> {
    for passes in [&WASM_OPT[..], &["--reorder-functions-by-name", "--debuginfo"], &["--strip-debug"]] {
        run(Command::new(tool("wasm-opt")).args(FEATURES).args(passes).args([wasm, "-o".as_ref(), wasm]))?;
    }
    fs::write(glue, minified(&fs::read_to_string(glue)?, "js")?)?;
    Ok(())
}

/// A `js` module or `css` sheet, minified by esbuild.
pub fn minified(text: &str, kind: &str) -> Result<String> {
    let esbuild = tool("esbuild");
    let mut command = Command::new(&esbuild);
    command.args(["--minify", "--log-level=warning", &format!("--loader={kind}")]);
    if kind == "js" {
        command.arg("--format=esm");
    }
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().context("starting esbuild")?;
    // esbuild reads all of its input before it writes.
    child.stdin.take().context("esbuild takes no input")?.write_all(text.as_bytes())?;
    let output = child.wait_with_output()?;
    if !output.status.success() {
        bail!("esbuild refused the {kind}");
    }
    Ok(String::from_utf8(output.stdout)?)
}

fn tool(name: &str) -> PathBuf {
    files::root().join("end2end/node_modules/.bin").join(name)
}

/// Runs one of binaryen's tools.
fn run(command: &mut Command) -> Result<()> {
    let name = command.get_program().to_owned();
    let status = command.status().with_context(|| format!("starting {}", name.display()))?;
    if !status.success() {
        bail!("{} failed", name.display());
    }
    Ok(())
}
