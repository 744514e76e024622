//! Parses a filter.

use std::net::IpAddr;

use ipnet::IpNet;

use super::{Filter, FilterError, FilterProblem, KINDS, STATES, TYPES, Term, Test};
use crate::cluster::address::parse_ip;

/// A word of the text, with its quotes.
#[derive(Clone, Copy)]
struct Word<'a> {
    at: usize,
    raw: &'a str,
}

impl Word<'_> {
    fn is(self, problem: FilterProblem) -> FilterError {
        FilterError { at: self.at, word: self.raw.to_owned(), problem }
    }
}

pub(super) fn filter(text: &str) -> Result<Filter, FilterError> {
    let mut filter = Filter::default();
    let mut terms: Vec<Term> = Vec::new();
    let (mut not, mut or): (Option<Word<'_>>, Option<Word<'_>>) = (None, None);
    let mut odd = false;
    let mut at = 0;
    while let Some(word) = next(text, at)? {
        at = word.at + word.raw.len();
        if word.raw.eq_ignore_ascii_case("or") {
            if terms.is_empty() || not.is_some() {
                return Err(not.unwrap_or(word).is(FilterProblem::NoTerm));
            }
            filter.alternatives.push(std::mem::take(&mut terms));
            or = Some(word);
        } else if word.raw.eq_ignore_ascii_case("not") {
            not = Some(word);
            odd = !odd;
        } else {
            terms.push(term(word, odd)?);
            (not, or, odd) = (None, None, false);
        }
    }
    if let Some(alone) = not.or(or) {
        return Err(alone.is(FilterProblem::NoTerm));
    }
    if !terms.is_empty() {
        filter.alternatives.push(terms);
    }
    Ok(filter)
}

/// The next word from a byte offset: up to white space outside quotes.
fn next(text: &str, from: usize) -> Result<Option<Word<'_>>, FilterError> {
    let rest = &text[from..];
    let Some(start) = rest.find(|letter: char| !letter.is_whitespace()) else { return Ok(None) };
    let rest = &rest[start..];
    let mut quoted = false;
    let end = rest.find(|letter: char| {
        quoted ^= letter == '"';
        !quoted && letter.is_whitespace()
    });
    let word = Word { at: from + start, raw: &rest[..end.unwrap_or(rest.len())] };
    if quoted { Err(word.is(FilterProblem::Quote)) } else { Ok(Some(word)) }
}

fn term(whole: Word<'_>, mut not: bool) -> Result<Term, FilterError> {
    let mut word = whole;
    while let Some(raw) = word.raw.strip_prefix(['!', '-']) {
        word = Word { at: word.at + 1, raw };
        not = !not;
    }
    if word.raw.is_empty() {
        return Err(whole.is(FilterProblem::NoTerm));
    }
    let test = match word.raw.split_once(':') {
        Some((key, value)) if key.bytes().all(|byte| byte.is_ascii_alphabetic()) && ip(word.raw).is_none() => {
            keyed(word, key, value)?
        }
        _ => bare(word)?,
    };
    Ok(Term { not, test })
}

fn bare(word: Word<'_>) -> Result<Test, FilterError> {
    let text = unquoted(word.raw).to_ascii_lowercase();
    if text.is_empty() {
        return Err(word.is(FilterProblem::NoValue));
    }
    if word.raw.starts_with('"') {
        return Ok(Test::Word(text));
    }
    Ok(match (text.as_str(), network(&text)) {
        ("ready", _) => Test::Ready,
        (_, Some(network)) if text.contains('/') => Test::Ip(network),
        // An IPv6 address has several spellings, so its canonical text is searched.
        (_, Some(network)) => Test::Word(network.addr().to_string()),
        _ => Test::Word(text),
    })
}

fn keyed(word: Word<'_>, key: &str, value: &str) -> Result<Test, FilterError> {
    let exact = unquoted(value);
    let value = exact.to_ascii_lowercase();
    let key = key.to_ascii_lowercase();
    let test = match key.as_str() {
        "kind" => one_of(&KINDS, value.strip_suffix('s').unwrap_or(&value)).map(Test::Kind).ok_or(FilterProblem::Kind),
        "ns" | "namespace" => Ok(Test::Namespace(value.clone())),
        "name" => Ok(Test::Name(value.clone())),
        "label" => label(&exact).ok_or(FilterProblem::Label),
        // `:80` is a short form of `port:80`.
        "port" | "" => port(&value).ok_or(FilterProblem::Port),
        "ip" => network(&value).map(Test::Ip).ok_or(FilterProblem::Ip),
        "node" => Ok(Test::Node(value.clone())),
        "type" => one_of(&TYPES, &value).map(Test::Type).ok_or(FilterProblem::Type),
        "is" => one_of(&STATES, &value).map(Test::Is).ok_or(FilterProblem::State),
        _ => {
            let raw = &word.raw[..=key.len()];
            return Err(Word { at: word.at, raw }.is(FilterProblem::Key));
        }
    };
    match test {
        _ if value.is_empty() => Err(word.is(FilterProblem::NoValue)),
        Ok(test) => Ok(test),
        Err(problem) => Err(word.is(problem)),
    }
}

fn unquoted(raw: &str) -> String {
    let mut text = raw.to_owned();
    text.retain(|letter| letter != '"');
    text
}

fn one_of<T: Copy>(table: &[(&str, T)], text: &str) -> Option<T> {
    table.iter().find(|(known, _)| *known == text).map(|(_, meant)| *meant)
}

fn label(text: &str) -> Option<Test> {
    let (key, value) = text.split_once('=').map_or((text, None), |(key, value)| (key, Some(value.to_owned())));
    (!key.is_empty()).then(|| Test::Label(key.to_owned(), value))
}

fn port(text: &str) -> Option<Test> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    if digits(first) && digits(last) {
        let (first, last): (u16, u16) = (first.parse().ok()?, last.parse().ok()?);
        return (0 < first && first <= last).then_some(Test::Port(first, last));
    }
    let of_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    let named = text.bytes().all(of_name) && text.bytes().any(|byte| byte.is_ascii_alphabetic());
    named.then(|| Test::PortName(text.to_owned()))
}

fn ip(text: &str) -> Option<IpAddr> {
    parse_ip(text).map(|ip| ip.to_canonical())
}

/// An address, or all addresses of a CIDR.
fn network(text: &str) -> Option<IpNet> {
    ip(text).map(IpNet::from).or_else(|| text.parse::<IpNet>().ok().map(|network| network.trunc()))
}
