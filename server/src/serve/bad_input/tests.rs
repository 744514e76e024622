use sandbox::Sandbox;
use words::Language;

use super::BadInput;

#[test]
fn a_scenario_that_does_not_open_says_why_in_the_language_of_the_reader() {
    let form = "scale:NODES,PODS,SERVICES";
    let example = "scale:5000,150000,10000 or scale:5,100,20,0";
    let in_english = format!("{form}[,CHANGES per second], as in {example}");
    let in_chinese = format!("{form}[,每秒 CHANGES]，例如 {}", example.replace("or", "或"));
    for (value, english, chinese) in [
        (
            "nope",
            format!("no such scenario; there are: overview, empty, {form}"),
            format!("没有这个场景；有：overview、empty、{form}"),
        ),
        (
            "scale:1,2",
            format!("it takes three or four numbers: {in_english}"),
            format!("需要三个或四个数字：{in_chinese}"),
        ),
        (
            "scale:1,-1,1",
            format!("PODS is `-1`, which is no number; it takes 0 to 300000: {in_english}"),
            format!("PODS 是 `-1`，不是数字；可以是 0 到 300000：{in_chinese}"),
        ),
        (
            "scale:1,1,1,1001",
            "CHANGES per second is 1001; it takes 0 to 1000".to_owned(),
            "每秒 CHANGES 是 1001；可以是 0 到 1000".to_owned(),
        ),
        (
            "scale:2,501,1",
            "PODS: 501 are too many for 2 Nodes of at most 250 Pods each; ask for 500 Pods at most, or for 3 Nodes at least"
                .to_owned(),
            "PODS：2 个 Node、每个最多 250 个 Pod，放不下 501 个 Pod；请最多用 500 个 Pod，或至少用 3 个 Node".to_owned(),
        ),
    ] {
        let error = Sandbox::scenario(value).unwrap_err();
        let error = BadInput::NoScenario { value: value.to_owned(), error: Box::new(error) };
        assert_eq!(error.text(Language::English.words()), format!("--sandbox={value}: {value}: {english}"));
        assert_eq!(error.text(Language::Chinese.words()), format!("--sandbox={value}：{value}：{chinese}"));
    }
}
