//! The known facts of a cluster.
//!
//! * [`kinds`]: the table of kinds; code that is the same for every kind is generated from it;
//! * [`facts`]: reduced rows of objects that kube-proxy or a reader uses; their parts are [`address`], [`key`], [`name`], [`port`];
//! * [`row`]: a fact of any kind; [`change`]: a row that has changed or is gone;
//! * [`index`]: all rows of a context, with lookups by IP, by Service port, by namespace;
//! * [`coverage`]: which kinds of a cluster are known at the moment; [`settings`]: kube-proxy's settings, each with its source;
//! * [`view`]: index, coverage and settings together.

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
