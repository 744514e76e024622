use serde::Deserialize;

use super::lenient;

/// One of `status.conditions`.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Condition {
    #[serde(rename = "type", deserialize_with = "lenient::string")]
    condition_type: Option<String>,
    #[serde(deserialize_with = "lenient::string")]
    status: Option<String>,
    #[serde(deserialize_with = "lenient::string")]
    reason: Option<String>,
    #[serde(deserialize_with = "lenient::string")]
    message: Option<String>,
}

/// The condition of this type.
pub(super) fn condition<'a>(conditions: &'a [Condition], condition_type: &str) -> Option<&'a Condition> {
    conditions.iter().find(|condition| condition.condition_type.as_deref() == Some(condition_type))
}

impl Condition {
    pub(super) fn is_true(&self) -> bool {
        self.status.as_deref() == Some("True")
    }

    /// Its reason and message, in Kubernetes' words.
    pub(super) fn reason_and_message(&self) -> Option<String> {
        reason_and_message(self.reason.clone(), self.message.clone())
    }
}

/// `REASON: MESSAGE`, or the one that there is.
pub(super) fn reason_and_message(reason: Option<String>, message: Option<String>) -> Option<String> {
    let parts: Vec<String> = [reason, message].into_iter().flatten().filter(|part| !part.is_empty()).collect();
    (!parts.is_empty()).then(|| parts.join(": "))
}
