use topology::find::filter::Filter;
use topology::picture::{Look, Scene};

use crate::cluster::{OVERVIEW, whole};
use crate::text;

/// The text of Find and Hide. A filter is read back from its text form, also without one of its parts; an error names the wrong word.
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
