//! Detects events of a watch that were truncated on their way, or are too large.
//!
//! A watch sends one line of JSON per event. `kube-client` skips a truncated line, because the last line of a broken connection is
//! truncated. In the middle of a stream this would lose an event for good, because the next event moves the resource version on.

use std::fmt;

use axum::Error;
use bytes::Bytes;
use futures::{Stream, StreamExt};

use super::bounds::{MAX_EVENT_BYTES, TooLarge};

/// A line of a watch ended before its JSON did. The watch cannot be resumed: the list is read again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TruncatedLine;

impl fmt::Display for TruncatedLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a watch's event was cut short on its way")
    }
}

impl std::error::Error for TruncatedLine {}

/// The body of a watch; it fails instead of passing on the bytes in which a truncated line ends, or a line becomes too long.
pub(super) fn reject_bad_lines(
    body: impl Stream<Item = Result<Bytes, Error>>,
) -> impl Stream<Item = Result<Bytes, Error>> {
    body.scan((Line::default(), 0), |(line, length), piece| {
        let piece = piece.and_then(|bytes| {
            line.read(&bytes).map_err(Error::new)?;
            *length = match bytes.iter().rposition(|byte| *byte == b'\n') {
                Some(end) => bytes.len() - end - 1,
                None => *length + bytes.len(),
            };
            if *length > MAX_EVENT_BYTES { Err(Error::new(TooLarge(MAX_EVENT_BYTES))) } else { Ok(bytes) }
        });
        std::future::ready(Some(piece))
    })
}

/// How far the JSON of a line has been read. It checks only whether the JSON is complete; the reader checks whether it is valid.
#[derive(Debug, Default)]
struct Line {
    /// Open brackets of either kind.
    depth: usize,
    /// Whether any bracket was opened.
    begun: bool,
    in_string: bool,
    escaped: bool,
}

impl Line {
    fn read(&mut self, bytes: &[u8]) -> Result<(), TruncatedLine> {
        for byte in bytes {
            match byte {
                b'\n' if self.begun && self.depth == 0 && !self.in_string => *self = Self::default(),
                // A string in JSON holds no raw newline.
                b'\n' => return Err(TruncatedLine),
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

    /// Reads a text in pieces of every size, and returns the result, which must not depend on the size.
    fn read(text: &str) -> Result<(), TruncatedLine> {
        let whole = Line::default().read(text.as_bytes());
        for size in 1..text.len() {
            let mut line = Line::default();
            let pieces = text.as_bytes().chunks(size).try_for_each(|piece| line.read(piece));
            assert_eq!(pieces, whole, "in pieces of {size}: {text}");
        }
        whole
    }

    #[test]
    fn complete_lines_pass_with_any_text_in_their_strings() {
        for text in [
            "{}\n{}\n",
            "{\"type\":\"ADDED\",\"object\":{\"a\":[1,{\"b\":[]}]}}\n",
            r#"{"a":"}]{[\" \\","b":"\\\""}"#,
            "{\"a\":\"ä界\"}\r\n{}\n",
            // The last line of a broken connection: the server will send its event again.
            "{}\n{\"a\":\"b",
            // Invalid but complete: the reader reports it.
            "[]\n{}}\n",
        ] {
            assert_eq!(read(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn a_line_that_ends_too_early_is_an_error() {
        for line in ["", "{", "{\"a\":\"b}", "{\"a\":\"b\\\"}", "{\"a\":[1,2}", "tru", "{\"a\":{}", "\"", "null"] {
            assert_eq!(read(&format!("{{}}\n{line}\n{{}}\n")), Err(TruncatedLine), "{line}");
        }
    }
}
