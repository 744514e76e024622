use std::collections::BTreeSet;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::examples::{reasons, remarks};
use super::*;

/// The codes that are read: serde names them where it is given another one.
fn codes<T: DeserializeOwned>() -> BTreeSet<String> {
    let error = serde_json::from_str::<T>(r#"{"code":"?"}"#).err().map(|error| error.to_string()).unwrap_or_default();
    let listed = error.split_once("expected").map(|(_, listed)| listed.to_owned()).unwrap_or_default();
    listed.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[track_caller]
fn all_survive<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(examples: &[T]) {
    let mut seen = BTreeSet::new();
    for example in examples {
        let json = serde_json::to_value(example).unwrap();
        seen.extend(json["code"].as_str().map(str::to_owned));
        for key in json.as_object().unwrap().keys() {
            assert!(key.chars().all(|letter| letter.is_ascii_alphanumeric()), "{key} is not in camel case");
        }
        assert_eq!(serde_json::from_value::<T>(json).unwrap(), *example);
    }
    assert_eq!(seen, codes::<T>(), "an example of each");
}

#[test]
fn every_reason_survives_the_wire() {
    all_survive::<Reason>(&reasons());
}

#[test]
fn every_remark_survives_the_wire() {
    all_survive::<Remark>(&remarks());
}

#[test]
fn a_reason_is_a_code_with_arguments() {
    let reason =
        Reason::SourcePodEnded { pod: crate::cluster::key::ObjectKey::new("shop", "job"), phase: "Failed".into() };
    let json = serde_json::to_string(&reason).unwrap();
    assert_eq!(json, r#"{"code":"source-pod-ended","pod":"shop/job","phase":"Failed"}"#);
}
