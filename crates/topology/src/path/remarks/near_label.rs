//! Finds labels of a Pod that a selector was probably meant to name.

use strsim::levenshtein;

use crate::cluster::facts::Labels;

/// Maximum number of letters that differ between a value and a near one.
const TYPOS: usize = 2;

/// The one label of a selector that a Pod lacks, and the label that it has in its place: with the same value and another name, or with the
/// same name and nearly the same value. `None` if it lacks more than one, or has nothing near.
pub(super) fn near_label(selector: &Labels, labels: &Labels) -> Option<(Labels, Labels)> {
    let mut lacks = selector.iter().filter(|(name, value)| labels.get(*name) != Some(value));
    let (name, value) = lacks.next()?;
    if lacks.next().is_some() {
        return None;
    }
    let of_same_name = labels.get_key_value(name).filter(|(_, own)| is_near(own, value));
    let of_same_value = || labels.iter().find(|(own, other)| *other == value && !selector.contains_key(*own));
    let (own_name, own_value) = of_same_name.or_else(of_same_value)?;
    let one = |name: &String, value: &String| Labels::from([(name.clone(), value.clone())]);
    Some((one(name, value), one(own_name, own_value)))
}

/// Whether two values differ by case only, or by one or two letters of at least four.
fn is_near(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b) || (a.len().min(b.len()) > TYPOS + 1 && levenshtein(a, b) <= TYPOS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(text: &str) -> Labels {
        text.split(',').filter_map(|pair| pair.split_once('=')).map(|(a, b)| (a.to_owned(), b.to_owned())).collect()
    }

    #[test]
    fn a_label_is_near_if_its_value_or_its_name_is_the_same_and_all_others_fit() {
        for (selector, own, expected) in [
            ("name=nginx-ingress", "app=nginx-ingress", Some(("name=nginx-ingress", "app=nginx-ingress"))),
            ("app=web,tier=front", "app=Web,tier=front", Some(("app=web", "app=Web"))),
            ("app=frontend", "app=frontned", Some(("app=frontend", "app=frontned"))),
            ("app=frontend", "app=backend", None),
            ("app=db", "app=web", None),
            ("app=web,tier=front", "tier=web", None),
            ("app=web", "app=web", None),
            ("app=web", "", None),
            ("app=web,tier=web", "tier=web", None),
        ] {
            let expected = expected.map(|(a, b)| (labels(a), labels(b)));
            assert_eq!(near_label(&labels(selector), &labels(own)), expected, "{selector} {own}");
        }
    }
}
