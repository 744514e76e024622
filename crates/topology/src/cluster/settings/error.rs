/// The reason why a text is not a valid value of a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "`text` is the part that is wrong, as written")]
pub enum SettingError {
    /// Not a mode that kubehop knows.
    NoProxyMode { text: String },
    /// Not a detectLocalMode.
    NoDetectLocalMode { text: String },
    /// Not a CIDR.
    NoCidr { text: String },
    /// Neither a CIDR nor `primary`, `localhost` or `all`.
    NoNodePortAddress { text: String },
    /// Neither true nor false.
    NoBool { text: String },
    /// Not a feature gate with a value.
    NoGate { text: String },
    /// The value of a gate is neither true nor false.
    NoGateValue { gate: String, text: String },
    /// Not a Node name with the hostname of its kube-proxy: `NODE=HOSTNAME`.
    NoHostnameOverride { text: String },
    /// Not a range of ports.
    NoPortRange { text: String },
    /// Not a DNS domain.
    NoDomain { text: String },
}
