use topology::filter::Filter;
use topology::picture::{Look, Scene};

use crate::cluster::{OVERVIEW, whole};
use crate::text;

/// What is typed into Find and Hide. A filter is read as it is shown, also without one of its parts; what is none names the word.
pub fn filter(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    let filter = match Filter::parse(text) {
        Ok(filter) => filter,
        Err(error) => {
            assert!(text[error.at..].starts_with(&error.word), "{error:?} is not at byte {} of {text:?}", error.at);
            return;
        }
    };
    let chips = filter.chips().len();
    for own in (0..chips).map(|chip| filter.without(chip)).chain([filter.clone()]) {
        assert_eq!(Filter::parse(&own.to_string()), Ok(own));
    }
    let groups = |look| Scene::with(whole(&OVERVIEW), look).groups().count();
    let all = groups(Look::default());
    assert!(groups(Look { find: filter.clone(), ..Look::default() }) <= all);
    assert!(groups(Look { hide: filter, ..Look::default() }) <= all);
}
