#![no_main]
#![expect(missing_docs, reason = "the macro makes a crate of it")]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::selection(bytes));
