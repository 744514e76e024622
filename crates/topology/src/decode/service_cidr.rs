use serde::Deserialize;

use super::decoder::Decoder;
use super::lenient;
use super::metadata::Metadata;
use super::values::cidrs;
use crate::cluster::facts::ServiceCidrFact;
use crate::cluster::index::Object;
use crate::cluster::key::ObjectKey;
use crate::cluster::kinds::Kind;
use crate::cluster::row::Row;

/// The fields of a ServiceCIDR that [`ServiceCidrFact`] keeps.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct PartialServiceCidr {
    #[serde(deserialize_with = "lenient::object_or_default")]
    metadata: Metadata,
    #[serde(deserialize_with = "lenient::object_or_default")]
    spec: ServiceCidrSpec,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct ServiceCidrSpec {
    #[serde(deserialize_with = "lenient::strings")]
    cidrs: Vec<String>,
}

impl Decoder for PartialServiceCidr {
    const KIND: Kind = Kind::ServiceCIDR;

    fn metadata(&mut self) -> &mut Metadata {
        &mut self.metadata
    }

    fn facts(self, key: ObjectKey) -> Object {
        Object::Row(Row::ServiceCIDR(ServiceCidrFact { name: key.name, cidrs: cidrs(&self.spec.cidrs) }))
    }
}
