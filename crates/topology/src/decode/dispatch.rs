//! Selects the decoder of a kind at run time.

use super::decoder::{Decoded, Decoder};
use super::endpoints::PartialEndpoints;
use super::namespace::PartialNamespace;
use super::node::PartialNode;
use super::pod::PartialPod;
use super::service::PartialService;
use super::service_cidr::PartialServiceCidr;
use super::slice::PartialSlice;
use crate::cluster::index::Object;
use crate::cluster::kinds::{Kind, with_kinds};

/// Generic work that needs a kind's decoder as a type parameter.
pub trait DecoderVisitor {
    /// The result of the work.
    type Output;

    /// Does the work with decoder `D`.
    fn visit<D: Decoder>(self) -> Self::Output;
}

macro_rules! visit_decoder {
    ($(
        $(#[$doc:meta])*
        $kind:ident {
            fact: $fact:ident, one: $one:ident, all: $all:ident,
            $(decoder: $decoder:ident, api: $api:tt,)?
            $(part_of: $whole:ident,)?
        }
    )*) => {
        /// Calls `visitor` with the decoder of a kind. For a kind that is part of another kind, with the decoder of that one.
        pub fn visit_decoder<V: DecoderVisitor>(kind: Kind, visitor: V) -> V::Output {
            match kind {
                $(
                    $(Kind::$kind => visitor.visit::<$decoder>(),)?
                    $(Kind::$kind => visit_decoder(Kind::$whole, visitor),)?
                )*
            }
        }
    };
}
with_kinds!(visit_decoder);

/// The facts of an object of this kind, from its JSON; `None` if it cannot be addressed.
///
/// # Errors
///
/// The text is not a JSON object. Wrong values are no errors, because they must not stop a watch.
pub fn from_json(kind: Kind, json: &[u8]) -> Result<Option<Object>, serde_json::Error> {
    struct FromJson<'j>(&'j [u8]);
    impl DecoderVisitor for FromJson<'_> {
        type Output = Result<Option<Object>, serde_json::Error>;

        fn visit<D: Decoder>(self) -> Self::Output {
            Ok(Decoded::new(serde_json::from_slice::<D>(self.0)?).object)
        }
    }
    visit_decoder(kind, FromJson(json))
}
