//! Texts of errors in questions and settings.

use topology::cluster::settings::SettingError;
use topology::path::question::QuestionError;
use topology::path::trace::{KnownNames, Unanswerable};

use crate::Words;

impl Words {
    /// The error of a source or a destination, with the valid form.
    pub fn question_error(&self, error: &QuestionError) -> String {
        match error {
            QuestionError::NoSource { text } => self.error_no_source(text),
            QuestionError::NoSourceKind { kind } => self.error_no_source_kind(kind),
            QuestionError::PodWithoutNamespace { text } => self.error_pod_without_namespace(text),
            QuestionError::NoObjectName { text, form } => self.error_no_object_name(text, form.as_str()),
            QuestionError::NoIp { text } => self.error_no_ip(text),
            QuestionError::LeadingZeros { text, meant } => self.error_leading_zeros(text, meant.to_string()),
            QuestionError::NoDestination { address, name: None } => {
                self.error_no_destination(self.question_error(address))
            }
            QuestionError::NoDestination { address, name: Some(name) } => {
                self.error_no_destination_but_name(self.question_error(address), name)
            }
            QuestionError::UrlNotSupported => self.error_url_not_supported(),
            QuestionError::IcmpWithPort { ip } => self.error_icmp_with_port(ip.to_string()),
            QuestionError::ProtocolWithoutPort { protocol } => self.error_protocol_without_port(protocol),
            QuestionError::NameWithProtocolWithoutPort { name, protocol } => {
                self.error_name_with_protocol_without_port(name, protocol)
            }
            QuestionError::NoDnsName { text } => self.error_no_dns_name(text),
            QuestionError::AddressAsName { text } => self.error_address_as_name(text),
            QuestionError::NoRecordType { text } => self.error_no_record_type(text),
            QuestionError::NoPort { text } => self.error_no_port(text),
            QuestionError::NoProtocol { text } => self.error_no_protocol(text),
        }
    }

    /// The reason why a question has no answer.
    pub fn unanswerable(&self, unanswerable: &Unanswerable) -> String {
        match unanswerable {
            Unanswerable::NoSourcePod { pod, known } => {
                self.error_no_such_pod(pod.to_string(), self.known_names(known))
            }
            Unanswerable::NoSourceNode { node, known } | Unanswerable::NoNode { node, known } => {
                self.error_no_such_node(node, self.known_names(known))
            }
        }
    }

    fn known_names(&self, known: &KnownNames) -> String {
        match known {
            KnownNames { listed, .. } if listed.is_empty() => self.error_known_none(),
            KnownNames { listed, more: 0 } => self.error_known(self.list(listed)),
            KnownNames { listed, more } => self.error_known_and_more(self.list(listed), *more),
        }
    }

    /// The reason why a text is not a valid value of a kube-proxy setting.
    pub fn setting_error(&self, error: &SettingError) -> String {
        match error {
            SettingError::NoProxyMode { text } => self.setting_no_proxy_mode(text),
            SettingError::NoDetectLocalMode { text } => self.setting_no_detect_local_mode(text),
            SettingError::NoCidr { text } => self.setting_no_cidr(text),
            SettingError::NoNodePortAddress { text } => self.setting_no_node_port_address(text),
            SettingError::NoBool { text } => self.setting_no_bool(text),
            SettingError::NoGate { text } => self.setting_no_gate(text),
            SettingError::NoGateValue { gate, text } => self.setting_no_gate_value(gate, text),
            SettingError::NoHostnameOverride { text } => self.setting_no_hostname_override(text),
            SettingError::NoPortRange { text } => self.setting_no_port_range(text),
            SettingError::NoDomain { text } => self.setting_no_domain(text),
        }
    }
}
