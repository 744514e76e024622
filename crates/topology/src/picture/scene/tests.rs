use proptest::prelude::*;

use super::*;
use crate::cluster::key::Kind;
use crate::find::filter::Filter;
use crate::picture::look::Detail;
use crate::testing::steps::{Step, step};
use crate::testing::*;

fn look() -> impl Strategy<Value = Look> {
    let filter = || prop::sample::select(vec!["", "", "port:80", "not ready", "name:p1", "is:outside", "ns:ns1"]);
    let detail = prop::sample::select(vec![Detail::Line, Detail::Folded, Detail::Full]);
    let arrangement = prop::sample::select(vec![Arrangement::Service, Arrangement::Node]);
    let only = prop::sample::select(vec![None, None, Some(vec!["ns1".to_owned()])]);
    let closed = prop::sample::subsequence(vec!["ns1".to_owned(), "ns2".to_owned()], 0..=2);
    (filter(), filter(), detail, arrangement, any::<bool>(), only, closed).prop_map(
        |(find, hide, detail, arrangement, troubled, only, closed)| Look {
            only,
            detail,
            arrangement,
            find: Filter::parse(find).unwrap(),
            hide: Filter::parse(hide).unwrap(),
            troubled,
            closed: closed.into_iter().collect(),
        },
    )
}

/// The scene as it would be drawn at once.
fn fresh(index: &Index, scene: &Scene) -> Scene {
    let mut fresh = Scene { open: scene.open.clone(), look: scene.look.clone(), ..Scene::default() };
    fresh.rebuild(whole(index));
    fresh
}

fn is_equal(scene: &Scene, fresh: &Scene) -> Result<(), TestCaseError> {
    prop_assert_eq!(scene.slots(), fresh.slots());
    prop_assert_eq!(scene.shown(), fresh.shown());
    prop_assert_eq!(scene.nodes(), fresh.nodes());
    prop_assert!(scene.troubles().eq(fresh.troubles()));
    for (key, group) in fresh.groups() {
        prop_assert_eq!(scene.group(key), Some(group));
    }
    prop_assert_eq!(scene.groups().count(), fresh.groups().count());
    Ok(())
}

/// A picture that is opened in places and kept up to date equals one that is drawn at once, after every step.
fn stays_equal(look: Look, open: &[UnitKey], steps: Vec<Step>) -> Result<(), TestCaseError> {
    let mut index = cluster();
    let mut scene = Scene::with(whole(&index), look);
    open.iter().for_each(|key| drop(scene.set_open(whole(&index), key, true)));
    for step in steps {
        let changes = step.take(&mut index);
        let before = scene.clone();
        let dirty = scene.update(whole(&index), &changes);
        is_equal(&scene, &fresh(&index, &scene))?;
        // What is not said to have changed has not.
        for (key, group) in scene.groups() {
            prop_assert!(dirty.groups.contains(key) || before.group(key) == Some(group), "{} has changed", key);
        }
        prop_assert!(dirty.slots || before.slots() == scene.slots());
    }
    Ok(())
}

#[test]
fn a_picture_whose_only_slice_goes_equals_one_drawn_at_once() {
    let gone = Step::Delete(Kind::EndpointSlice, ObjectKey::new("ns1", "svc1-x"));
    for arrangement in [Arrangement::Service, Arrangement::Node] {
        stays_equal(Look { arrangement, ..Look::default() }, &[], vec![gone.clone()]).unwrap();
    }
}

fn open() -> impl Strategy<Value = Vec<UnitKey>> {
    let all = ["service/ns1/svc1", "service/ns2/svc2", "node/n1", "node/n2", "pods/ns1/"];
    let keys: Vec<UnitKey> = all.iter().filter_map(|text| UnitKey::parse(text)).collect();
    prop::sample::subsequence(keys, 0..all.len())
}

#[test]
fn other_lanes_are_laid_out_as_if_they_had_always_been_there() {
    let index = cluster();
    let mut scene = Scene::new(whole(&index));
    let before = scene.clone();
    for width in [1432, 1200, Lanes::default().width()] {
        scene.set_lanes(whole(&index), Lanes::of_canvas(width));
        let mut wide = Scene { lanes: Lanes::of_canvas(width), ..Scene::default() };
        wide.rebuild(whole(&index));
        is_equal(&scene, &wide).unwrap();
    }
    is_equal(&scene, &before).unwrap();
}

proptest! {
    #![proptest_config(fixed_seed::config(22, 128))]

    /// A picture that is kept up to date change by change equals one that is drawn at once.
    #[test]
    fn a_picture_kept_up_to_date_equals_one_drawn_at_once(
        look in look(),
        open in open(),
        steps in prop::collection::vec(step(), 1..60),
    ) {
        stays_equal(look, &open, steps)?;
    }

    /// Several changes that come together are as those that come one by one.
    #[test]
    fn a_picture_that_takes_many_changes_together_equals_one_drawn_at_once(
        look in look(),
        batches in prop::collection::vec(prop::collection::vec(step(), 1..12), 1..6),
    ) {
        let mut index = cluster();
        let mut scene = Scene::with(whole(&index), look);
        for batch in batches {
            let changes: Vec<RowChange> = batch.into_iter().flat_map(|step| step.take(&mut index)).collect();
            scene.update(whole(&index), &changes);
            is_equal(&scene, &fresh(&index, &scene))?;
        }
    }

    /// However a picture was looked at before, it is as if it had been drawn that way at once.
    #[test]
    fn a_picture_looked_at_otherwise_equals_one_drawn_so(
        looks in prop::collection::vec(look(), 2..6),
        steps in prop::collection::vec(step(), 0..30),
    ) {
        let mut index = cluster();
        steps.into_iter().for_each(|step| drop(step.take(&mut index)));
        let mut scene = Scene::new(whole(&index));
        // One after the other: also steps that change the detail only, or the folded namespaces only.
        let steps = looks.windows(2).flat_map(|pair| {
            let zoomed = Look { detail: pair[1].detail, ..pair[0].clone() };
            [pair[0].clone(), zoomed.clone(), Look { closed: pair[1].closed.clone(), ..zoomed }]
        });
        for look in steps {
            scene.set_look(whole(&index), look.clone());
            let same_namespaces = Scene::with(whole(&index), Look { only: look.only.clone(), ..Look::default() });
            prop_assert!(scene.troubles().eq(same_namespaces.troubles()), "whatever the arrangement");
            is_equal(&scene, &Scene::with(whole(&index), look))?;
        }
    }
}
