/// Why a text is none that a setting can have.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "`text` is the part that is wrong, as written")]
pub enum SettingError {
    /// Not a mode that kubehop knows the rules of.
    NoProxyMode { text: String },
    /// Not a way to tell Pods from others.
    NoDetectLocalMode { text: String },
    /// Not a CIDR.
    NoCidr { text: String },
    /// Neither a CIDR nor a word for addresses of a Node.
    NoNodePortAddress { text: String },
    /// Neither true nor false.
    NoBool { text: String },
    /// Not a gate with a value.
    NoGate { text: String },
    /// The value of a gate is neither true nor false.
    NoGateValue { gate: String, text: String },
    /// Not a Node with the name that its kube-proxy goes by.
    NoHostnameOverride { text: String },
    /// Not a range of ports.
    NoPortRange { text: String },
    /// Not a DNS domain.
    NoDomain { text: String },
}
