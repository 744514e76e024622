//! Text for a terminal. A name in a cluster or in a file can hold characters that a terminal obeys: they clear it, forge a line, or turn the
//! text around. They are shown as escapes, as in `\u{1b}`. JSON escapes in its own way and stays exact.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io;

/// Whether a terminal obeys a character: C0, DEL and C1 controls, what sets the direction of text, and separators of lines.
fn is_obeyed(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// A text of one line.
pub(crate) fn line(text: &str) -> Cow<'_, str> {
    escaped(text, |_| false)
}

/// A text of ours that can have several lines.
pub fn lines(text: &str) -> Cow<'_, str> {
    escaped(text, |letter| letter == '\n')
}

fn escaped(text: &str, keeps: impl Fn(char) -> bool) -> Cow<'_, str> {
    let is_escaped = |letter: char| is_obeyed(letter) && !keeps(letter);
    if !text.contains(is_escaped) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        if is_escaped(letter) {
            shown.extend(letter.escape_default());
        } else {
            shown.push(letter);
        }
    }
    Cow::Owned(shown)
}

/// A log's stderr. The log writes each event at once, with a line feed at its end.
#[derive(Clone, Copy, Debug, Default)]
pub struct LogWriter;

impl io::Write for LogWriter {
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        io::stderr().lock().write_all(log_line(&String::from_utf8_lossy(event)).as_bytes())?;
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().flush()
    }
}

/// An event of the log. Its colours, which the log itself adds, are kept: it has escaped those in values.
fn log_line(event: &str) -> String {
    let (event, end) = event.strip_suffix('\n').map_or((event, ""), |event| (event, "\n"));
    let mut shown = String::with_capacity(event.len());
    let mut parts = event.split("\u{1b}[");
    shown.push_str(&line(parts.next().unwrap_or_default()));
    for part in parts {
        let colour = part
            .find(|letter: char| !letter.is_ascii_digit() && letter != ';')
            .filter(|at| part[*at..].starts_with('m'));
        let rest = match colour {
            Some(at) => {
                // A String takes every text.
                let _ = write!(shown, "\u{1b}[{}", &part[..=at]);
                &part[at + 1..]
            }
            None => {
                shown.push_str(&line("\u{1b}["));
                part
            }
        };
        shown.push_str(&line(rest));
    }
    shown + end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_obeys_is_shown_as_an_escape() {
        assert_eq!(line("\u{1b}]0;pwn\u{7}\u{1b}[31m"), "\\u{1b}]0;pwn\\u{7}\\u{1b}[31m");
        assert_eq!(line("a\nb\r\tc\u{7f}\u{9b}2J"), "a\\nb\\r\\tc\\u{7f}\\u{9b}2J");
        assert_eq!(
            line("\u{202e}abc\u{2066}\u{200f}\u{61c}\u{2028}"),
            "\\u{202e}abc\\u{2066}\\u{200f}\\u{61c}\\u{2028}"
        );
        assert_eq!(lines("a\nb\u{1b}"), "a\nb\\u{1b}");
        assert!(matches!(line("Node 北京 é 🦀"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_log_keeps_its_own_colours_and_its_line() {
        assert_eq!(log_line("\u{1b}[2m12:00\u{1b}[0m a\nb\u{202e}\n"), "\u{1b}[2m12:00\u{1b}[0m a\\nb\\u{202e}\n");
        assert_eq!(log_line("a\u{1b}[2J\u{1b}[31\u{1b}]0;x\u{7}"), "a\\u{1b}[2J\\u{1b}[31\\u{1b}]0;x\\u{7}");
        assert_eq!(log_line("\u{1b}[1;3"), "\\u{1b}[1;3");
    }
}
