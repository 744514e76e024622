//! Whether what a watch says has arrived whole.
//!
//! A watch is a line of JSON per event. `kube-client` passes over a line that ends too early, since the last one of a connection that broke
//! does; but in the middle of a stream that would be an event that nobody ever hears of: the next one moves the version on.

use std::fmt;

use axum::Error;
use bytes::Bytes;
use futures::{Stream, StreamExt};

/// A line of a watch ended before its JSON did. There is nothing to be kept of that watch: the list is read again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cut;

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a watch's event was cut short on its way")
    }
}

impl std::error::Error for Cut {}

/// A watch's body, which fails in place of the bytes in which a line ends too early.
pub(super) fn whole(body: impl Stream<Item = Result<Bytes, Error>>) -> impl Stream<Item = Result<Bytes, Error>> {
    body.scan(Line::default(), |line, piece| {
        let piece = piece.and_then(|bytes| line.read(&bytes).map(|()| bytes).map_err(Error::new));
        std::future::ready(Some(piece))
    })
}

/// How far the JSON of a line has been read. Only what tells whether it is complete; whether it is right is for its reader.
#[derive(Debug, Default)]
struct Line {
    /// Open brackets of either kind.
    depth: usize,
    /// Whether a bracket was opened at all.
    begun: bool,
    in_string: bool,
    escaped: bool,
}

impl Line {
    fn read(&mut self, bytes: &[u8]) -> Result<(), Cut> {
        for byte in bytes {
            match byte {
                b'\n' if self.begun && self.depth == 0 && !self.in_string => *self = Self::default(),
                // JSON has no raw newline in a string.
                b'\n' => return Err(Cut),
                _ if self.escaped => self.escaped = false,
                b'\\' if self.in_string => self.escaped = true,
                b'"' => self.in_string = !self.in_string,
                _ if self.in_string => {}
                b'{' | b'[' => {
                    self.begun = true;
                    self.depth += 1;
                }
                b'}' | b']' => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a text in pieces of every size, and says what came of it.
    fn read(text: &str) -> Result<(), Cut> {
        let whole = Line::default().read(text.as_bytes());
        for size in 1..text.len() {
            let mut line = Line::default();
            let pieces = text.as_bytes().chunks(size).try_for_each(|piece| line.read(piece));
            assert_eq!(pieces, whole, "in pieces of {size}: {text}");
        }
        whole
    }

    #[test]
    fn whole_lines_pass_whatever_is_in_their_strings() {
        for text in [
            "{}\n{}\n",
            "{\"type\":\"ADDED\",\"object\":{\"a\":[1,{\"b\":[]}]}}\n",
            r#"{"a":"}]{[\" \\","b":"\\\""}"#,
            "{\"a\":\"ä界\"}\r\n{}\n",
            // The last line of a connection that broke: its event will be sent again.
            "{}\n{\"a\":\"b",
            // Wrong, but whole: its reader says so.
            "[]\n{}}\n",
        ] {
            assert_eq!(read(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn a_line_that_ends_too_early_is_an_error() {
        for line in ["", "{", "{\"a\":\"b}", "{\"a\":\"b\\\"}", "{\"a\":[1,2}", "tru", "{\"a\":{}", "\"", "null"] {
            assert_eq!(read(&format!("{{}}\n{line}\n{{}}\n")), Err(Cut), "{line}");
        }
    }
}
