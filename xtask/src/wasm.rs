//! The browser's half: `app` to WASM by cargo, the glue by wasm-bindgen as a library, and smaller by wasm-opt.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, bail};

use crate::files;

/// The features that rustc turns on for the target, which binaryen must be told of: it refuses code that uses one it does not
/// know to be there.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// Few bytes once they are compressed: `-Oz` makes a smaller module that compresses to a larger one, and functions with one caller, most
/// of which are copies of one generic function, compress better where they still look alike.
const WASM_OPT: [&str; 3] = ["-Os", "--one-caller-inline-max-function-size", "10"];

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
    if profile == Profile::Release { optimise(&wasm, &out.join("kubehop.js")) } else { Ok(()) }
}

/// An error that says how to get npm's binaryen and esbuild, if they are not there.
pub fn optimiser() -> Result<()> {
    for name in ["wasm-opt", "esbuild"] {
        if !tool(name).exists() {
            bail!("a release site needs {name}, which makes it small: run `npm ci` in end2end (`make build` does)");
        }
    }
    Ok(())
}

/// Makes the module and its glue small.
fn optimise(wasm: &Path, glue: &Path) -> Result<()> {
    run(Command::new(tool("wasm-opt")).args(FEATURES).args(WASM_OPT).args([wasm, "-o".as_ref(), wasm]))?;
    fs::write(glue, minified(&fs::read_to_string(glue)?, "js")?)?;
    Ok(())
}

/// The text of a `js` module or a `css` sheet as short as it can be, by esbuild.
pub fn minified(text: &str, kind: &str) -> Result<String> {
    let esbuild = tool("esbuild");
    let mut command = Command::new(&esbuild);
    command.args(["--minify", "--log-level=warning", &format!("--loader={kind}")]);
    if kind == "js" {
        command.arg("--format=esm");
    }
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().context("starting esbuild")?;
    // It reads everything before it writes.
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
