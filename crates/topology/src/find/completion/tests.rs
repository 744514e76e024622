use super::*;
use crate::path::question::Target;
use crate::testing::cluster;

#[test]
fn half_a_text_is_completed_by_address_and_by_object() {
    let index = cluster();
    let texts = |choices: Vec<Completion>| choices.into_iter().map(|choice| choice.text).collect::<Vec<_>>();
    let (by_name, by_port) = (texts(targets(&index, "SVC1", 9)), texts(targets(&index, ":30080", 9)));
    assert_eq!(by_name, ["192.168.0.2:30080", "172.30.0.41:80", "dns:svc1.ns1.svc:80"]);
    assert_eq!(by_port, ["192.168.0.2:30080"]);
    assert_eq!(texts(targets(&index, "192.168.0.3", 9)), ["192.168.0.3:30080"]);
    assert_eq!(texts(targets(&index, "a2", 9)), ["10.0.2.1:8080"]);
    assert_eq!(texts(sources(&index, "10.0.2.1", 9)), ["pod:ns1/a2"]);
    assert_eq!(texts(sources(&index, "n3", 9)), ["node:n3", "localhost:n3"]);
    assert_eq!(sources(&index, "", 2).len(), 2);
    // What is offered is understood.
    assert!(texts(sources(&index, "", 99)).iter().all(|text| text.parse::<Source>().is_ok()));
    assert!(texts(targets(&index, "", 99)).iter().all(|text| text.parse::<Target>().is_ok()));
}
