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
fn a_moment_reads_as_a_time_of_day() {
    for (ms, expected) in [(0, "00:00:00 UTC"), (1_795_398_744_999, "01:52:24 UTC"), (-1, "23:59:59 UTC")] {
        assert_eq!(clock(ms), expected);
    }
}

#[test]
fn a_large_count_is_read_in_groups_of_three() {
    for (n, expected) in [(0, "0"), (300, "300"), (1_212, "1,212"), (1_000_000, "1,000,000")] {
        assert_eq!(grouped(n), expected);
    }
}
