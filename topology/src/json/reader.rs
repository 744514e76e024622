use std::borrow::Cow;

use super::Wrong;

/// So deep may objects and lists be within each other, as with serde_json.
const DEPTH: u8 = 127;

/// A position in a JSON text.
pub struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: u8,
}

impl<'a> Reader<'a> {
    /// At the beginning of a text.
    pub fn new(text: &'a str) -> Self {
        Self { text, at: 0, depth: 0 }
    }

    /// Nothing but white space follows.
    pub fn end(&mut self) -> Result<(), Wrong> {
        if self.peek() == 0 && self.at == self.text.len() { Ok(()) } else { Err(self.unexpected("the end")) }
    }

    /// The next byte that is not white space, not yet taken; 0 at the end.
    fn peek(&mut self) -> u8 {
        while let Some(&byte) = self.text.as_bytes().get(self.at) {
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return byte;
            }
            self.at += 1;
        }
        0
    }

    /// Takes this byte, if it is the next one.
    fn take(&mut self, byte: u8) -> bool {
        let there = self.peek() == byte;
        self.at += usize::from(there);
        there
    }

    #[cold]
    fn unexpected(&mut self, wanted: &str) -> Wrong {
        let found = match self.peek() {
            0 if self.at == self.text.len() => "the end",
            b'"' => "a text",
            b'{' => "an object",
            b'[' => "a list",
            b'-' | b'0'..=b'9' => "a number",
            b't' | b'f' => "true or false",
            b'n' => "null",
            _ => "something else",
        };
        Wrong::new(&["expected ", wanted, ", found ", found, " at byte ", &self.at.to_string()])
    }

    /// Takes null, if it is the next value.
    pub fn null(&mut self) -> Result<bool, Wrong> {
        if self.peek() != b'n' {
            return Ok(false);
        }
        self.word("null")?;
        Ok(true)
    }

    fn word(&mut self, word: &str) -> Result<(), Wrong> {
        if !self.text.as_bytes()[self.at..].starts_with(word.as_bytes()) {
            return Err(self.unexpected(word));
        }
        self.at += word.len();
        Ok(())
    }

    /// Takes true or false.
    pub fn truth(&mut self) -> Result<bool, Wrong> {
        match self.peek() {
            b't' => self.word("true").map(|()| true),
            b'f' => self.word("false").map(|()| false),
            _ => Err(self.unexpected("true or false")),
        }
    }

    /// Takes a whole number.
    pub fn integer(&mut self) -> Result<i64, Wrong> {
        let number = self.number()?;
        number.parse().map_err(|_| Wrong::new(&["expected a whole number, found ", number]))
    }

    fn number(&mut self) -> Result<&'a str, Wrong> {
        self.peek();
        let start = self.at;
        self.at += usize::from(self.byte() == b'-');
        match self.byte() {
            b'0' => self.at += 1,
            _ => self.digits()?,
        }
        if self.byte() == b'.' {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.byte(), b'e' | b'E') {
            self.at += 1;
            self.at += usize::from(matches!(self.byte(), b'+' | b'-'));
            self.digits()?;
        }
        Ok(&self.text[start..self.at])
    }

    /// The byte at the position; 0 at the end.
    fn byte(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    fn digits(&mut self) -> Result<(), Wrong> {
        let start = self.at;
        while self.byte().is_ascii_digit() {
            self.at += 1;
        }
        if self.at > start { Ok(()) } else { Err(self.unexpected("a number")) }
    }

    /// Takes a text.
    pub fn text(&mut self) -> Result<Cow<'a, str>, Wrong> {
        if !self.take(b'"') {
            return Err(self.unexpected("a text"));
        }
        let plain = self.plain();
        if self.byte() == b'"' {
            self.at += 1;
            return Ok(Cow::Borrowed(plain));
        }
        let mut text = plain.to_owned();
        loop {
            match self.byte() {
                b'"' => {
                    self.at += 1;
                    return Ok(Cow::Owned(text));
                }
                b'\\' => {
                    self.at += 1;
                    text.push(self.escaped()?);
                }
                _ => return Err(self.unexpected("the end of a text")),
            }
            text.push_str(self.plain());
        }
    }

    /// What of a text stands for itself.
    fn plain(&mut self) -> &'a str {
        let start = self.at;
        while !matches!(self.byte(), b'"' | b'\\' | 0..0x20) {
            self.at += 1;
        }
        &self.text[start..self.at]
    }

    /// The character that follows a backslash.
    fn escaped(&mut self) -> Result<char, Wrong> {
        let byte = self.byte();
        let plain = match byte {
            b'"' | b'\\' | b'/' => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                self.at += 1;
                return self.unicode();
            }
            _ => return Err(self.unexpected("an escape")),
        };
        self.at += 1;
        Ok(plain)
    }

    /// The character of `\uXXXX`, or of two of them that are a pair of surrogates.
    fn unicode(&mut self) -> Result<char, Wrong> {
        let mut code = self.hex()?;
        if (0xd800..0xdc00).contains(&code) && self.text.as_bytes()[self.at..].starts_with(b"\\u") {
            self.at += 2;
            let low = self.hex()?;
            if !(0xdc00..0xe000).contains(&low) {
                return Err(self.unexpected("the second half of a pair"));
            }
            code = 0x1_0000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        }
        char::from_u32(code).ok_or_else(|| self.unexpected("a pair of surrogates"))
    }

    fn hex(&mut self) -> Result<u32, Wrong> {
        let mut code = 0;
        for _ in 0..4 {
            let digit =
                char::from(self.byte()).to_digit(16).ok_or_else(|| self.unexpected("four hexadecimal digits"))?;
            code = code << 4 | digit;
            self.at += 1;
        }
        Ok(code)
    }

    /// Takes an object: `field` is given each name, and takes the value that follows it.
    pub fn object(&mut self, field: &mut dyn FnMut(&mut Self, &str) -> Result<(), Wrong>) -> Result<(), Wrong> {
        self.open(b'{', "an object")?;
        let mut more = !self.take(b'}');
        while more {
            let name = self.text()?;
            if !self.take(b':') {
                return Err(self.unexpected("`:`"));
            }
            field(self, &name).map_err(|wrong| wrong.within(&name))?;
            more = self.more(b'}')?;
        }
        self.depth -= 1;
        Ok(())
    }

    /// Takes a list: `item` takes each item.
    pub fn list(&mut self, item: &mut dyn FnMut(&mut Self) -> Result<(), Wrong>) -> Result<(), Wrong> {
        self.open(b'[', "a list")?;
        let mut more = !self.take(b']');
        let mut count = 0;
        while more {
            item(self).map_err(|wrong| wrong.within(&["[", &count.to_string(), "]"].concat()))?;
            count += 1;
            more = self.more(b']')?;
        }
        self.depth -= 1;
        Ok(())
    }

    fn open(&mut self, bracket: u8, what: &str) -> Result<(), Wrong> {
        if !self.take(bracket) {
            return Err(self.unexpected(what));
        }
        if self.depth == DEPTH {
            return Err(Wrong::new(&["too deep"]));
        }
        self.depth += 1;
        Ok(())
    }

    /// Whether a comma follows, and not the end.
    fn more(&mut self, end: u8) -> Result<bool, Wrong> {
        if self.take(b',') {
            Ok(true)
        } else if self.take(end) {
            Ok(false)
        } else {
            Err(self.unexpected("`,` or the end of what is open"))
        }
    }

    /// Takes a value of any kind.
    pub fn skip(&mut self) -> Result<(), Wrong> {
        match self.peek() {
            b'{' => self.object(&mut |from, _| from.skip()),
            b'[' => self.list(&mut Self::skip),
            b'"' => self.text().map(drop),
            b't' | b'f' => self.truth().map(drop),
            b'n' => self.null().map(drop),
            _ => self.number().map(drop),
        }
    }

    /// The text that is the value of the first field of the object that follows; nothing is taken.
    pub(crate) fn tag(&self, name: &str) -> Result<Cow<'a, str>, Wrong> {
        let mut ahead = Reader { ..*self };
        if ahead.take(b'{') && ahead.peek() == b'"' && ahead.text()? == name && ahead.take(b':') {
            return ahead.text().map_err(|wrong| wrong.within(name));
        }
        Err(Wrong::new(&["expected an object that begins with `", name, "`"]))
    }

    /// Whether a text follows.
    pub(crate) fn at_text(&mut self) -> bool {
        self.peek() == b'"'
    }
}
