//! Writes a filter as text.

use std::fmt::{self, Write};

use super::{Filter, KINDS, STATES, Term, Test};

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, terms) in self.alternatives.iter().enumerate() {
            f.write_str(if n > 0 { " or " } else { "" })?;
            for (n, term) in terms.iter().enumerate() {
                f.write_str(if n > 0 { " " } else { "" })?;
                term.fmt(f)?;
            }
        }
        Ok(())
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.not { "not " } else { "" })?;
        match &self.test {
            Test::Kind(part) => pair(f, "kind", KINDS.iter().find(|(_, own)| own == part).map_or("", |own| own.0)),
            Test::Namespace(text) => pair(f, "ns", text),
            Test::Name(text) => pair(f, "name", text),
            Test::Label(key, None) => pair(f, "label", key),
            Test::Label(key, Some(value)) => pair(f, "label", &format!("{key}={value}")),
            Test::Port(first, last) if first == last => write!(f, "port:{first}"),
            Test::Port(first, last) => write!(f, "port:{first}-{last}"),
            Test::PortName(text) => pair(f, "port", text),
            Test::Ip(network) if network.prefix_len() == network.max_prefix_len() => write!(f, "ip:{}", network.addr()),
            Test::Ip(network) => write!(f, "ip:{network}"),
            Test::Node(text) => pair(f, "node", text),
            Test::Type(wanted) => pair(f, "type", wanted.as_str()),
            Test::Is(state) => pair(f, "is", STATES.iter().find(|(_, own)| own == state).map_or("", |own| own.0)),
            Test::Ready => f.write_str("ready"),
            Test::Word(text) => quoted(f, text, !is_plain(text)),
        }
    }
}

fn pair(f: &mut fmt::Formatter<'_>, key: &str, value: &str) -> fmt::Result {
    f.write_str(key)?;
    f.write_char(':')?;
    quoted(f, value, value.contains(char::is_whitespace))
}

fn quoted(f: &mut fmt::Formatter<'_>, text: &str, quotes: bool) -> fmt::Result {
    let quote = if quotes { "\"" } else { "" };
    f.write_str(quote)?;
    f.write_str(text)?;
    f.write_str(quote)
}

/// Whether a word needs no quotes to be parsed as itself.
fn is_plain(text: &str) -> bool {
    let alone = |term: &Term| !term.not && matches!(&term.test, Test::Word(read) if read == text);
    let read = Filter::parse(text).unwrap_or_default();
    matches!(read.alternatives.as_slice(), [terms] if matches!(terms.as_slice(), [term] if alone(term)))
}
