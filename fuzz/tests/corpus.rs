//! Every target takes every file of its corpus: what was bad once, and what is good.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};

use fuzz::TARGETS;

/// A file of a corpus is read by people, and run at each `cargo test`.
const LARGEST: u64 = 64 * 1024;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn names(of: &Path) -> BTreeSet<String> {
    fs::read_dir(of).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn every_target_has_a_corpus_and_a_program_for_the_fuzzer() {
    let targets: BTreeSet<String> = TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(names(&folder("corpus")), targets);
    assert_eq!(names(&folder("fuzz_targets")), targets.iter().map(|name| format!("{name}.rs")).collect());
    let manifest = fs::read_to_string(folder("Cargo.toml")).unwrap();
    for name in &targets {
        let files = names(&folder("corpus").join(name));
        assert!(files.len() >= 10, "{name}: {} files", files.len());
        let program = fs::read_to_string(folder("fuzz_targets").join(format!("{name}.rs"))).unwrap();
        assert!(program.contains(&format!("fuzz::{name}(bytes)")), "{name}: {program}");
        assert!(manifest.contains(&format!("fuzz_targets/{name}.rs")), "{name} is not in Cargo.toml");
        for file in files {
            assert!(fs::metadata(folder("corpus").join(name).join(&file)).unwrap().len() <= LARGEST, "{name}/{file}");
        }
    }
}

#[test]
fn every_target_takes_its_corpus() {
    let mut failed = Vec::new();
    for (name, run) in TARGETS {
        for file in names(&folder("corpus").join(name)) {
            let bytes = fs::read(folder("corpus").join(name).join(&file)).unwrap();
            if let Err(panic) = catch_unwind(|| run(&bytes)) {
                let said = panic.downcast_ref::<String>().map_or("", String::as_str);
                failed.push(format!("{name}/{file}: {said:.300}"));
            }
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
