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

/// The condition Ready.
pub(super) fn ready_condition(conditions: Vec<Condition>) -> Option<Condition> {
    conditions.into_iter().find(|condition| condition.condition_type.as_deref() == Some("Ready"))
}

impl Condition {
    pub(super) fn is_true(&self) -> bool {
        self.status.as_deref() == Some("True")
    }

    /// The kubelet's reason and message.
    pub(super) fn reason_and_message(self) -> Option<String> {
        let parts: Vec<String> =
            [self.reason, self.message].into_iter().flatten().filter(|part| !part.is_empty()).collect();
        (!parts.is_empty()).then(|| parts.join(": "))
    }
}
