//! The languages have the same texts, with the same arguments.
