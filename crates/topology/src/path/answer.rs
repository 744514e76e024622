//! The answer to a question as values. It has no sentences: `words` writes them.

mod arrival;
mod chain;
mod dns;
mod endpoint;
mod endpoint_list;
mod entry;
mod evaluation;
pub mod examples;
mod header;
mod hop;
mod missing;
mod outcome;
mod reason;
mod remark;
mod settings;
mod shortened;
#[cfg(test)]
mod tests;
mod trace;
mod wrong_value;

pub use arrival::{Arrival, ArrivalCounts};
pub use chain::{ChainRole, RuleChain};
pub use dns::{DnsAnswer, DnsRecord, Rcode, RecordType};
pub use endpoint::{DeclaredPort, EndpointHop, EndpointPolicy, arrives};
pub use endpoint_list::EndpointList;
pub(crate) use endpoint_list::SharedEndpoints;
pub use entry::{Entry, EntryKind};
pub use evaluation::{Evaluation, arrival_of};
pub use header::{SourceKind, TraceDestination, TraceSource};
pub use hop::{Hop, HopDestination, HopPlace, HopSource, HopStep};
pub use missing::{EvaluationKey, MissingKind, MissingReason};
pub use outcome::Outcome;
pub use reason::{PortOfService, Reason, TrafficPolicyField};
pub use remark::{NamedPort, NodePortOfService, Remark};
pub use settings::AssumedSettings;
pub use shortened::{EvaluationIndex, MOST_ENDPOINTS, ShortenedLists, distinct_endpoints, distinct_lists};
pub use trace::Trace;
pub use wrong_value::WrongValue;
