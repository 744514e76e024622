//! Many short strings in two allocations instead of one each.

/// Some strings in their order; immutable.
#[derive(Debug)]
pub(super) struct PackedStrings {
    text: Box<str>,
    /// Where each text ends in `text`.
    ends: Box<[u32]>,
}

impl PackedStrings {
    pub(super) fn get(&self, place: usize) -> Option<&str> {
        let bound = |place: usize| self.ends.get(place).and_then(|end| usize::try_from(*end).ok());
        let start = if place == 0 { 0 } else { bound(place - 1)? };
        self.text.get(start..bound(place)?)
    }
}

impl<'a> FromIterator<&'a str> for PackedStrings {
    /// Text beyond 4 GiB, which no request holds, is dropped.
    fn from_iter<I: IntoIterator<Item = &'a str>>(strings: I) -> Self {
        let (mut text, mut ends) = (String::new(), Vec::new());
        for word in strings {
            text.push_str(word);
            ends.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
        }
        Self { text: text.into(), ends: ends.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::PackedStrings;

    #[test]
    fn each_string_keeps_its_index() {
        let strings: PackedStrings = ["app", "", "web", ""].into_iter().collect();
        let texts: Vec<_> = (0..5).map(|place| strings.get(place)).collect();
        assert_eq!(texts, [Some("app"), Some(""), Some("web"), Some(""), None]);
    }
}
