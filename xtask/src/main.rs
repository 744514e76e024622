//! `cargo xtask …`: builds the site (WASM, glue, texts, styles, icons) with crates.io and npm alone, watches the sources, and checks the
//! download budget.

mod compress;
mod dev;
mod files;
mod site;
mod size;
mod style;
mod supply;
mod wasm;
mod words;

use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask site [--release]   build target/site; --release is small, and needs `npm ci` in end2end
cargo xtask size               print what a browser downloads; exit 1 above the budget (after `site --release`)
cargo xtask dev [ARGS]         build, run kubehop on the sandbox with ARGS, and again after each edit
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match args.as_slice() {
        ["site"] => site::build(wasm::Profile::Debug),
        ["site", "--release"] => site::build(wasm::Profile::Release),
        ["size"] => size::check(),
        ["dev", args @ ..] => dev::run(args),
        _ => {
            eprint!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
