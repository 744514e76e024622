//! The languages, and how the texts of one are loaded.

#[cfg(any(test, feature = "embedded"))]
use std::sync::LazyLock;

use crate::Words;

/// A language with texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Simplified Chinese.
    Chinese,
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 2] = [Self::English, Self::Chinese];

    /// The language of a tag such as `zh-CN`, `zh_CN.UTF-8` or `en`; `None` if there are no texts in it.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_', '.']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|language| primary.eq_ignore_ascii_case(language.code()))
    }

    /// The language of a process's locale: that of `LC_ALL`, else of `LC_MESSAGES`, else of `LANG` (POSIX, “Environment Variables”);
    /// English where there are no texts in it.
    pub fn of_locale(variable: impl Fn(&str) -> Option<String>) -> Self {
        let mut set =
            ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(variable).filter(|value| !value.is_empty());
        set.next().and_then(|tag| Self::of_tag(&tag)).unwrap_or_default()
    }

    /// The other language, which the page offers.
    pub fn other(self) -> Self {
        match self {
            Self::English => Self::Chinese,
            Self::Chinese => Self::English,
        }
    }

    /// The code in URLs, and the name of the folder of texts: `en` or `zh`.
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh",
        }
    }

    /// The tag for `<html lang>`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh-Hans",
        }
    }

    /// The texts of this language, from the bytes of its file.
    ///
    /// # Errors
    ///
    /// The bytes are not a Fluent file; the error is for the console.
    pub fn read(self, file: &[u8]) -> Result<Words, String> {
        Words::new(self.code(), file).map_err(|error| error.to_string())
    }

    /// The texts of this language.
    #[cfg(any(test, feature = "embedded"))]
    pub fn words(self) -> &'static Words {
        static ENGLISH: LazyLock<Words> =
            LazyLock::new(|| embedded(Language::English, include_bytes!(concat!(env!("OUT_DIR"), "/en.ftl"))));
        static CHINESE: LazyLock<Words> =
            LazyLock::new(|| embedded(Language::Chinese, include_bytes!(concat!(env!("OUT_DIR"), "/zh.ftl"))));
        match self {
            Self::English => &ENGLISH,
            Self::Chinese => &CHINESE,
        }
    }
}

#[cfg(any(test, feature = "embedded"))]
#[expect(clippy::expect_used, reason = "the build has read the same file")]
fn embedded(language: Language, file: &[u8]) -> Words {
    language.read(file).expect("the embedded texts are read")
}
