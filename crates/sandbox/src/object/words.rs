//! Many short texts in two allocations rather than one each.

/// Some texts, in their order; never changed once made.
#[derive(Debug)]
pub(super) struct Words {
    text: Box<str>,
    /// Where each text ends in `text`.
    ends: Box<[u32]>,
}

impl Words {
    pub(super) fn get(&self, place: usize) -> Option<&str> {
        let bound = |place: usize| self.ends.get(place).and_then(|end| usize::try_from(*end).ok());
        let start = if place == 0 { 0 } else { bound(place - 1)? };
        self.text.get(start..bound(place)?)
    }
}

impl<'a> FromIterator<&'a str> for Words {
    /// What lies beyond 4 GiB of text, which no request holds, is lost.
    fn from_iter<I: IntoIterator<Item = &'a str>>(words: I) -> Self {
        let (mut text, mut ends) = (String::new(), Vec::new());
        for word in words {
            text.push_str(word);
            ends.push(u32::try_from(text.len()).unwrap_or(u32::MAX));
        }
        Self { text: text.into(), ends: ends.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn each_text_is_where_it_was_put() {
        let words: Words = ["app", "", "web", ""].into_iter().collect();
        let texts: Vec<_> = (0..5).map(|place| words.get(place)).collect();
        assert_eq!(texts, [Some("app"), Some(""), Some("web"), Some(""), None]);
    }
}
