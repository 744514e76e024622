//! The languages have the same texts, with the same arguments.

use crate::Language;

#[test]
fn a_language_is_found_by_its_tag() {
    let (english, chinese) = (Some(Language::English), Some(Language::Chinese));
    for (tag, expected) in [
        ("zh", chinese),
        ("ZH-TW", chinese),
        ("zh-Hans", chinese),
        ("zh_CN.UTF-8", chinese),
        ("en", english),
        ("en_GB", english),
        ("zhuang", None),
        ("é", None),
        ("", None),
    ] {
        assert_eq!(Language::of_tag(tag), expected, "{tag}");
    }
}
