//! Builds the browser half: cargo compiles `app` to WASM, wasm-bindgen (as a library) makes the glue, and wasm-opt makes the module
//! smaller.

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, anyhow, bail};

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
    let (cargo_profile, folder, features) = match profile {
        Profile::Debug => ("dev", "debug", "browser"),
        Profile::Release => ("wasm-release", "wasm-release", "browser,split"),
    };
    let what =
        ["rustc", "-p", "app", "--lib", "--crate-type", "cdylib", "--no-default-features", "--features", features];
    let how = ["--target", "wasm32-unknown-unknown", "--profile", cargo_profile];
    // The relocations say which code a lazy part alone reaches.
    let link: &[&str] = if profile == Profile::Release { &["--", "-Clink-arg=--emit-relocs"] } else { &[] };
    cargo(&[&what[..], &how, link].concat())?;
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

/// Writes `kubehop.js` and `kubehop.wasm` for the compiled module into `out`, and a module for each lazy part of a release.
pub fn bind(module: &Path, out: &Path, profile: Profile) -> Result<()> {
    match profile {
        Profile::Debug => glue(module, out, profile),
        Profile::Release => {
            let split = split(module, out)?;
            glue(&split.main, out, profile)?;
            optimise(&out.join("kubehop.wasm"))?;
            for part in &split.parts {
                optimise(part)?;
            }
            let script = bundled(&out.join("kubehop.js"))?;
            fs::remove_file(out.join(PARTS))?;
            fs::write(out.join("kubehop.js"), with_versions(script, &split.parts)?)?;
            Ok(())
        }
    }
}

/// Makes the glue of a module, and the module that fits it.
fn glue(module: &Path, out: &Path, profile: Profile) -> Result<()> {
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
        // A lazy part imports the memory and the table of functions.
        .keep_lld_exports(!debug)
        .generate(out)
        .context("wasm-bindgen")?;
    // The page hands the name to the glue (`app::shell`).
    fs::rename(out.join("kubehop_bg.wasm"), out.join("kubehop.wasm"))?;
    Ok(())
}

/// The script that loads lazy parts. It becomes part of the glue.
const PARTS: &str = "parts.js";

/// A module without its lazy parts, and these.
struct Split {
    main: PathBuf,
    parts: Vec<PathBuf>,
}

/// Splits the lazy parts off a module: the code that only functions with `wasm_split` reach. Writes them and [`PARTS`] into `out`.
fn split(module: &Path, out: &Path) -> Result<Split> {
    let main = module.with_extension("main.wasm");
    let input = fs::read(module).with_context(|| format!("reading {}", module.display()))?;
    let link_name = format!("./{PARTS}");
    let mut options = wasm_split_cli_support::Options::new(&input);
    options.output_dir = out;
    options.main_out_path = &main;
    options.main_module = "./kubehop.js";
    options.link_name = &link_name;
    let split =
        wasm_split_cli_support::transform(options).map_err(|error| anyhow!("splitting the module: {error:#}"))?;
    Ok(Split { main, parts: split.split_modules })
}

/// Gives each lazy part a name with its version, in the folder and in the script: a part fits only the module that it was split from, and
/// a page may be older than the server that it asks.
fn with_versions(mut script: String, parts: &[PathBuf]) -> Result<String> {
    for part in parts {
        let name = part.file_stem().and_then(|name| name.to_str()).context("a lazy part without a name")?;
        let mut hasher = DefaultHasher::new();
        fs::read(part.with_file_name("kubehop.wasm"))?.hash(&mut hasher);
        fs::read(part)?.hash(&mut hasher);
        let version = format!("{}.{:016x}.wasm", name.trim_start_matches("split_"), hasher.finish());
        let plain = format!("{name}.wasm");
        if !script.contains(&plain) {
            bail!("the glue does not load the lazy part {plain}");
        }
        script = script.replace(&plain, &version);
        fs::rename(part, part.with_file_name(version))?;
    }
    Ok(script)
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

/// Optimises a module for size.
fn optimise(wasm: &Path) -> Result<()> {
    for passes in [&WASM_OPT[..], &["--reorder-functions-by-name", "--debuginfo"], &["--strip-debug"]] {
        run(Command::new(tool("wasm-opt")).args(FEATURES).args(passes).args([wasm, "-o".as_ref(), wasm]))?;
    }
    Ok(())
}

/// A script with all that it imports, minified by esbuild.
fn bundled(script: &Path) -> Result<String> {
    let output = Command::new(tool("esbuild"))
        .arg(script)
        .args(["--bundle", "--minify", "--format=esm", "--log-level=warning"])
        .stderr(Stdio::inherit())
        .output()
        .context("starting esbuild")?;
    if !output.status.success() {
        bail!("esbuild refused {}", script.display());
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// A `css` sheet, minified by esbuild.
pub fn minified(text: &str) -> Result<String> {
    let mut command = Command::new(tool("esbuild"));
    command.args(["--minify", "--log-level=warning", "--loader=css"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().context("starting esbuild")?;
    // esbuild reads all of its input before it writes.
    child.stdin.take().context("esbuild takes no input")?.write_all(text.as_bytes())?;
    let output = child.wait_with_output()?;
    if !output.status.success() {
        bail!("esbuild refused the styles");
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
