//! Seeds of the random tests.
//!
//! A random test has a fixed seed, so that `cargo test` runs the same cases every time and on every machine. `make nightly` sets
//! [`VARIABLE`] to a number that it prints; each test then runs [`FACTOR`] times as many cases, with a seed made of both numbers. A case
//! that fails there becomes a named test, or a file of a fuzz target's corpus.

use proptest::test_runner::{Config, RngSeed};

/// The environment variable with the additional seed of a run that looks for new cases.
pub const VARIABLE: &str = "KUBEHOP_SEED";

/// Factor by which a run with an additional seed increases the number of cases.
pub const FACTOR: u32 = 10;

/// The settings of a random test with this many cases. Failures are not persisted to a file: see the crate's documentation.
///
/// # Panics
///
/// [`VARIABLE`] is set and is not a number.
pub fn config(seed: u64, cases: u32) -> Config {
    let (seed, cases) = match std::env::var(VARIABLE) {
        Ok(text) => match text.parse::<u64>() {
            Ok(other) => (seed ^ other.wrapping_mul(0x9e37_79b9_7f4a_7c15), cases.saturating_mul(FACTOR)),
            Err(_) => panic!("{VARIABLE}={text} is not a whole number"),
        },
        Err(_) => (seed, cases),
    };
    Config { cases, rng_seed: RngSeed::Fixed(seed), failure_persistence: None, ..Config::default() }
}
