//! Makes a typed function of each text in `texts/`, and one file of each language for the browser to load.

use std::env;
use std::process::ExitCode;

use fluent_typed::{BuildOptions, FtlOutputOptions, LintLevel, try_build_from_locales_folder};

fn main() -> ExitCode {
    println!("cargo::rerun-if-changed=texts");
    let Ok(out) = env::var("OUT_DIR") else { return ExitCode::FAILURE };
    let options = BuildOptions::default()
        .with_locales_folder("texts")
        .with_prefix("")
        .with_output_file_path(&format!("{out}/catalogue.rs"))
        .with_ftl_output(FtlOutputOptions::multi_file(&out))
        // Every variable has a type.
        .with_lint_level(LintLevel::Strict)
        // Neither language is written from right to left, and texts are compared, copied and put into terminals.
        .without_bidi_isolation()
        .without_format();
    match try_build_from_locales_folder(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("cargo::error={error}");
            ExitCode::FAILURE
        }
    }
}
