use sandbox::Sandbox;
use serde_json::Value;
use server::dump::{Dump, DumpError};
use yaml::{Manifest, write};

use crate::cluster::{exercise, rows};
use crate::text;

/// Files as `-f` and `--sandbox=FILE` read them: YAML or JSON, strictly. An error has a position; objects that were read are the same
/// after they are written and read again.
pub fn files(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    drop(Sandbox::load(text, "a.yaml"));
    let read = |name: &str, text: &str| Dump::of(&[(name.to_owned(), text.to_owned())]);
    for name in ["a.yaml", "a.json"] {
        match read(name, text) {
            Ok(dump) => {
                exercise(&dump.index);
                let again = read(name, &written(text, name)).expect("what was read is written as it can be read");
                assert!(rows(&again.index).eq(rows(&dump.index)));
            }
            Err(error) => {
                let position = error.position().expect("no file was opened");
                assert!(position.file == name && position.document.is_some(), "{error:?}");
                assert!(!matches!(&error, DumpError::Undecodable(error) if error.message.is_empty()), "{error:?}");
                // In YAML a single carriage return ends a line too.
                let lines = text.matches(['\n', '\r']).count() as u64 + 1;
                assert!(position.line.is_none_or(|line| (1..=lines).contains(&line)), "{error} of {lines} lines");
            }
        }
    }
}

/// The objects of a text as YAML, in sequence.
fn written(text: &str, name: &str) -> String {
    let (_, objects) = Manifest::read(text, name).expect("it was read before");
    let mut all = String::new();
    for found in objects {
        all.push_str("---\n");
        all.push_str(&write(&Value::Object(found.object)).expect("what was read can be written"));
        all.push('\n');
    }
    all
}
