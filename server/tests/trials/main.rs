//! Situations from public reports, and small clusters on which real packets, CoreDNS or portmap decided: `kubehop trace -f` must give the
//! right answer to each. A folder is a test: `trial-` and its name, or its name alone if that begins with `truth-`.
//!
//! - `cluster.yaml`: the cluster, as `kubectl get -o yaml` prints it
//! - `answers.yaml`: the questions with their right answers, see [`Answer`]. What a question does not list is not compared.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use libtest_mimic::{Arguments, Failed, Trial};
use serde::Deserialize;
use serde_json::Value;

/// A question and its right answer.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    /// The arguments of `kubehop trace`, after `-f cluster.yaml`.
    ask: String,
    /// The exit code.
    exit: i32,
    /// The evaluations, each with what is compared of it.
    #[serde(default)]
    evaluations: Option<Vec<Value>>,
    /// Values of the whole answer, by JSON pointer.
    #[serde(default)]
    values: serde_json::Map<String, Value>,
    /// What the text in English contains.
    #[serde(default)]
    says: Vec<String>,
    /// What the text in English must not contain.
    #[serde(default)]
    never: Vec<String>,
}

fn main() {
    let arguments = Arguments::from_args();
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/trials");
    let mut trials: Vec<Trial> = Vec::new();
    for entry in std::fs::read_dir(&folder).expect("the folder of the trials is readable") {
        let path = entry.expect("its entries are readable").path();
        let folder = path.file_name().expect("an entry has a name").to_string_lossy().into_owned();
        let name = if folder.starts_with("truth-") { folder } else { format!("trial-{folder}") };
        if path.is_dir() {
            trials.push(Trial::test(name, move || run(&path)));
        }
    }
    trials.sort_by(|a, b| a.name().cmp(b.name()));
    libtest_mimic::run(&arguments, trials).exit();
}

/// Asks all questions of a folder.
fn run(folder: &Path) -> Result<(), Failed> {
    let text = std::fs::read_to_string(folder.join("answers.yaml"))?;
    let answers: Vec<Answer> = serde_saphyr::from_str(&text)?;
    let mut wrong = String::new();
    for answer in &answers {
        let differences = differences(folder, answer)?;
        if !differences.is_empty() {
            writeln!(wrong, "{}\n{differences}", answer.ask)?;
        }
    }
    if answers.is_empty() {
        Err("answers.yaml has no question".into())
    } else if wrong.is_empty() {
        Ok(())
    } else {
        Err(wrong.into())
    }
}

/// How the answer differs from the right one, a line each.
fn differences(folder: &Path, answer: &Answer) -> Result<String, Failed> {
    let mut found = String::new();
    let (exit, json) = kubehop(folder, answer, &["-o", "json"])?;
    if exit != Some(answer.exit) {
        writeln!(found, "  exit: {exit:?}, not {}", answer.exit)?;
    }
    let json: Value = serde_json::from_str(&json).unwrap_or(Value::Null);
    if let Some(expected) = &answer.evaluations {
        let actual = json["evaluations"].as_array().map(Vec::as_slice).unwrap_or_default();
        if actual.len() != expected.len() {
            writeln!(found, "  {} evaluations, not {}: {}", actual.len(), expected.len(), json["evaluations"])?;
        }
        for (n, (actual, expected)) in actual.iter().zip(expected).enumerate() {
            compare(&format!("evaluations[{n}]"), actual, expected, &mut found)?;
        }
    }
    for (pointer, expected) in &answer.values {
        compare(pointer, json.pointer(pointer).unwrap_or(&Value::Null), expected, &mut found)?;
    }
    if !answer.says.is_empty() || !answer.never.is_empty() {
        let (_, text) = kubehop(folder, answer, &[])?;
        for (words, should) in
            answer.says.iter().map(|words| (words, true)).chain(answer.never.iter().map(|words| (words, false)))
        {
            if text.contains(words.as_str()) != should {
                writeln!(found, "  the text {} {words:?}:\n{text}", if should { "lacks" } else { "has" })?;
            }
        }
    }
    Ok(found)
}

/// Compares the keys that `expected` has. A remark or a reason may be given by its code alone, an endpoint as `IP:PORT`.
fn compare(at: &str, actual: &Value, expected: &Value, found: &mut String) -> Result<(), Failed> {
    match (actual, expected) {
        (Value::Object(_), Value::Object(keys)) => {
            for (key, expected) in keys {
                compare(&format!("{at}.{key}"), &actual[key], expected, found)?;
            }
        }
        (Value::Array(actual), Value::Array(expected)) if actual.len() == expected.len() => {
            for (n, (actual, expected)) in actual.iter().zip(expected).enumerate() {
                compare(&format!("{at}[{n}]"), actual, expected, found)?;
            }
        }
        (Value::Object(keys), Value::String(short)) if short_of(keys).as_deref() == Some(short) => {}
        _ if actual == expected => {}
        _ => writeln!(found, "  {at}: {actual}, not {expected}")?,
    }
    Ok(())
}

/// The code of a reason or a remark, or the socket of an endpoint.
fn short_of(keys: &serde_json::Map<String, Value>) -> Option<String> {
    if let Some(code) = keys.get("code").and_then(Value::as_str) {
        return Some(code.to_owned());
    }
    let (ip, port) = (keys.get("ip")?.as_str()?, keys.get("port")?.as_u64()?);
    Some(if ip.contains(':') { format!("[{ip}]:{port}") } else { format!("{ip}:{port}") })
}

/// Runs `kubehop trace` in the folder.
fn kubehop(folder: &Path, answer: &Answer, more: &[&str]) -> Result<(Option<i32>, String), Failed> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kubehop"));
    command.args(["trace", "-f", "cluster.yaml"]).args(answer.ask.split_whitespace()).args(more);
    let output = command.current_dir(folder).env_clear().env("HOME", "/nonexistent").env("LANG", "C.UTF-8").output()?;
    Ok((output.status.code(), String::from_utf8(output.stdout)?))
}
