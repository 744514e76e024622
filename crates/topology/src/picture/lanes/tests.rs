use super::*;

fn edges(width: i32) -> Vec<(i32, i32)> {
    Lanes::of_canvas(width).iter().map(|(_, lane)| (lane.x, lane.width)).collect()
}

#[test]
fn a_designed_canvas_has_the_lanes_that_were_designed() {
    for (width, frame) in FRAMES {
        assert_eq!(edges(width), frame, "{width}");
        assert_eq!(Lanes::of_canvas(width).width(), width);
    }
}

#[test]
fn the_default_lanes_are_those_of_the_first_mock() {
    let trunks: Vec<i32> = Lanes::default().iter().map(|(_, lane)| lane.trunk).collect();
    assert_eq!(trunks[1..], [120, 344, 606, 812, 1024]);
    let targets = Lanes::default().targets();
    assert_eq!((targets.x, targets.width), (832, 304));
}

#[test]
fn lanes_of_any_canvas_stand_in_order_with_their_trunks_between_them() {
    for width in (600..2000).step_by(7) {
        let lanes = Lanes::of_canvas(width);
        let all: Vec<&Lane> = lanes.iter().map(|(_, lane)| lane).collect();
        for pair in all.windows(2) {
            assert!(pair[0].right() < pair[1].trunk && pair[1].trunk < pair[1].x, "{width}: {lanes:?}");
        }
        assert!(lanes.right() < lanes.width(), "{width}: {lanes:?}");
    }
}

#[test]
fn a_wider_canvas_has_no_narrower_lane() {
    let mut before = edges(900);
    for width in 901..1500 {
        let now = edges(width);
        assert!(before.iter().zip(&now).all(|(before, now)| before.1 <= now.1), "{width}");
        before = now;
    }
}
