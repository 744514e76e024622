use serde::{Deserialize, Serialize};

/// What is wrong with a value that the API server would refuse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum WrongValue {
    /// The field is required and has no value.
    Required,
    /// The value is not an IP address.
    NoIp,
    /// The address is not of the slice's address type.
    OtherFamily,
    /// The address is a loopback, link-local, multicast or unspecified one, which no endpoint can have.
    ReservedIp,
    /// The value is not a CIDR.
    NoCidr,
    /// The number is not a port: 1 to 65535.
    NoPort,
    /// The text is not a port's name: at most 15 small letters, digits and hyphens, with one letter.
    NoPortName,
    /// The text is not a name of an object, or of a port of a Service or a slice.
    NoName,
    /// The value is none of those that the field can have.
    NoSuchValue,
    /// Another item of the list has the same name, or the same port and protocol.
    Repeated,
}

impl WrongValue {
    /// Every one.
    pub const ALL: [Self; 10] = [
        Self::Required,
        Self::NoIp,
        Self::OtherFamily,
        Self::ReservedIp,
        Self::NoCidr,
        Self::NoPort,
        Self::NoPortName,
        Self::NoName,
        Self::NoSuchValue,
        Self::Repeated,
    ];
}
