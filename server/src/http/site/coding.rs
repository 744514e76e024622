//! Which compressed form a client accepts (RFC 9110 §12.5.3).

/// The stored codings, the smallest first, with the suffix of the file's sibling.
const STORED: [(&str, &str); 2] = [("br", ".br"), ("gzip", ".gz")];

/// The stored codings that the elements of `Accept-Encoding` allow, the best first.
///
/// A compressed form wins over the plain file unless `identity` is weighted higher. Where weights are equal, the
/// smaller form comes first.
pub(super) fn accepted<'a>(elements: impl Iterator<Item = &'a str>) -> Vec<(&'static str, &'static str)> {
    let weights: Vec<(String, f32)> = elements.filter_map(element).collect();
    let weight = |coding: &str| weights.iter().find(|(name, _)| name == coding).map(|(_, weight)| *weight);
    let other = weight("*").unwrap_or(0.0);
    let identity = weight("identity").unwrap_or(0.0);
    let mut found: Vec<_> = STORED
        .into_iter()
        .map(|stored| (weight(stored.0).unwrap_or(other), stored))
        .filter(|(weight, _)| *weight > 0.0 && *weight >= identity)
        .collect();
    found.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    found.into_iter().map(|(_, stored)| stored).collect()
}

/// Whether the elements of `Accept-Encoding` refuse every form that an answer can have: each coding, and none.
pub(in crate::http) fn refuses_all<'a>(elements: impl Iterator<Item = &'a str>) -> bool {
    let weights: Vec<(String, f32)> = elements.filter_map(element).collect();
    let weight = |coding: &str| weights.iter().find(|(name, _)| name == coding).map(|(_, weight)| *weight);
    let other = weight("*");
    // Without a word on it the plain form is accepted, and a coding is not.
    let accepts = |coding: &str, unnamed: f32| weight(coding).or(other).unwrap_or(unnamed) > 0.0;
    !accepts("identity", 1.0) && STORED.iter().all(|(coding, _)| !accepts(coding, 0.0))
}

/// `gzip;q=0.5` → `("gzip", 0.5)`. An element whose weight is not a number counts as refused.
fn element(element: &str) -> Option<(String, f32)> {
    let (name, parameters) = element.split_once(';').unwrap_or((element, ""));
    let name = name.trim().to_ascii_lowercase();
    let weight = parameters.split(';').find_map(|parameter| {
        let (key, value) = parameter.split_once('=')?;
        key.trim().eq_ignore_ascii_case("q").then(|| value.trim().parse().unwrap_or(0.0))
    });
    (!name.is_empty()).then(|| (name, weight.unwrap_or(1.0)))
}
