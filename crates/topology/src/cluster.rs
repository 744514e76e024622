//! What is known of a cluster.
//!
//! * [`kinds`]: the table of kinds, from which everything follows that holds for all kinds alike;
//! * [`facts`]: reduced rows of the objects that kube-proxy, or a reader, looks at; their parts are [`address`], [`key`], [`name`], [`port`];
//! * [`row`]: a fact of any kind; [`change`]: a row that has changed or is gone;
//! * [`index`]: all rows of a context, with lookups by IP, by Service port, by namespace;
//! * [`coverage`]: what of a cluster is known at the moment; [`settings`]: kube-proxy's settings, each with its source;
//! * [`view`]: a cluster as it is known at one moment: index, coverage and settings together.

pub mod address;
pub mod change;
pub mod coverage;
pub mod facts;
pub mod index;
pub mod key;
pub mod kinds;
pub mod name;
pub mod port;
pub mod row;
pub mod settings;
pub mod view;
