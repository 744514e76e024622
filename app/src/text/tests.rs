use topology::socket::SocketKind;

use super::*;

#[test]
fn a_share_is_a_fraction_where_the_parts_are_equal() {
    for (probability, expected) in
        [(1.0, "1/1"), (0.5, "1/2"), (1.0 / 3.0, "1/3"), (1.0 / 7.0, "1/7"), (0.4, "40 %"), (0.0, "0 %")]
    {
        assert_eq!(share(probability), expected);
    }
}

#[test]
fn a_number_has_one_decimal() {
    for (number, expected) in [(0.0, "0.0"), (12.34, "12.3"), (-0.04, "0.0"), (-7.96, "-8.0"), (1499.97, "1500.0")] {
        assert_eq!(tenths(number), expected);
    }
}

#[test]
fn a_moment_reads_as_a_time_of_day() {
    for (ms, expected) in [(0, "00:00:00 UTC"), (1_795_398_744_999, "01:52:24 UTC"), (-1, "23:59:59 UTC")] {
        assert_eq!(clock(ms), expected);
    }
}

#[test]
fn counts_agree_with_their_nouns() {
    assert_eq!((ENGLISH.card.endpoints)(1), "1 endpoint");
    assert_eq!((ENGLISH.card.endpoints)(6), "6 endpoints");
    assert_eq!(
        (ENGLISH.summary.in_view)(6, 9, 1),
        "6 Services, 9 Pods and 1 Node in view. Select any address to see its path."
    );
}

#[test]
fn every_kind_of_socket_is_explained_in_whole_sentences() {
    for kind in [SocketKind::NodePort, SocketKind::Dns, SocketKind::External, SocketKind::LoadBalancerIp] {
        let sentence = (ENGLISH.socket.sentence)(kind);
        assert!(sentence.ends_with('.'), "{sentence}");
    }
}
