//! What words say of a change.

use super::super::*;

fn said(text: &str) -> String {
    let Changes { sizes, levels, alone, doubt } = find_changes(text, &ReadingPolicy::default());
    let mut parts: Vec<String> = sizes
        .iter()
        .chain(&alone)
        .map(|found| {
            let reading = &found.quantity.reading;
            let (hard, soft) = (reading.hard().to_string(), reading.soft().to_string());
            let soft = if hard == soft { String::new() } else { format!(" ~{soft}") };
            assert!(reading.soft().is_subset_of(reading.hard()), "{text}");
            format!("{}: {hard}{soft}", found.quantity.text)
        })
        .collect();
    parts.extend(levels.iter().map(|found| format!("level {}", found.quantity.text)));
    parts.extend(doubt.map(|doubt| match doubt {
        Doubt::Unsaid => "unsaid".to_owned(),
        Doubt::BothWays(up, down) => format!("both {} {}", &text[up], &text[down]),
        Doubt::Denied(at) => format!("denied {}", &text[at]),
    }));
    parts.join("; ")
}

fn expect(rows: &[(&str, &str)]) {
    let wrong: Vec<String> = rows
        .iter()
        .map(|(text, wanted)| (text, wanted, said(text)))
        .filter(|(_, wanted, got)| got != *wanted)
        .map(|(text, wanted, got)| format!("{text}\n     {got}\n not {wanted}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_direction_gives_a_size_its_sign() {
    expect(&[
        ("a fall of 81.7%", "a fall of 81.7%: [-81.75, -81.65]"),
        ("fell by 81.7%", "fell by 81.7%: [-81.75, -81.65]"),
        ("reports fell 81.7 per cent in November", "fell 81.7 per cent: [-81.75, -81.65]"),
        ("reports fell sharply, by 81.7%", "fell sharply, by 81.7%: [-81.75, -81.65]"),
        ("growth of 8.0%", "growth of 8.0%: [7.95, 8.05]"),
        ("8.0% growth", "8.0% growth: [7.95, 8.05]"),
        ("an 8% year-on-year drop", "an 8% year-on-year drop: [-8.5, -7.5]"),
        ("sales were 8% lower than last year", "8% lower: [-8.5, -7.5]"),
        ("8% fewer arrests", "8% fewer: [-8.5, -7.5]"),
        ("8% more visitors came", "8% more: [7.5, 8.5]"),
        ("up 8% on last year", "up 8%: [7.5, 8.5]"),
        ("Down by about 8%", "Down by about 8%: (-∞, 0) ~[-8.8, -7.2]"),
        ("fell by more than 8%", "fell by more than 8%: (-∞, -8) ~[-10, -8)"),
        ("fell by less than 8%", "fell by less than 8%: (-8, 0)"),
        ("fell by up to 8%", "fell by up to 8%: (-∞, 0) ~[-8, 0)"),
        ("fell 0.0%", "fell 0.0%: [-0.05, 0]"),
        ("a decline in the number of reports of 8%", "8%: [-8.5, -7.5]"),
        ("the fall in arrests was 8%", "8%: [-8.5, -7.5]"),
        ("a change of -8%", "-8%: [-8.5, -7.5]"),
        ("fell -8%", "-8%: [-8.5, -7.5]"),
        ("changed by +8%", "+8%: [7.5, 8.5]"),
        ("fell by a third", "fell by a third: (-∞, 0) ~[-37.5, -175/6]"),
        ("arrests fell by almost half last year", "fell by almost half: (-50, 0) ~(-50, -42.5]"),
        ("a third fewer arrests", "a third fewer: (-∞, 0) ~[-37.5, -175/6]"),
        ("fell by half", "fell by half: (-∞, 0) ~[-175/3, -125/3]"),
        ("rose from 93 to 120, or 29.0%", "29.0%: [28.95, 29.05]"),
        ("lost 5% of its members", "lost 5%: [-5.5, -4.5]"),
        ("rose 5% to 98", "rose 5%: [4.5, 5.5]"),
        ("fell sharply, by 3%", "fell sharply, by 3%: [-3.5, -2.5]"),
        ("cut emissions 23%", "cut emissions 23%: [-23.5, -22.5]"),
        ("emissions were 1.7% below 2019", "1.7% below: [-1.75, -1.65]"),
        ("inflation of 2.1%", "inflation of 2.1%: [2.05, 2.15]"),
        ("cut the risk of relapse by 47%", "cut the risk of relapse by 47%: [-47.5, -46.5]"),
        ("raised the price of bread by a third", "raised the price of bread by a third: (0, ∞) ~[175/6, 37.5]"),
        ("edged up 0.2%", "up 0.2%: [0.15, 0.25]"),
        ("rose between 5% and 8%", "rose between 5% and 8%: [5, 8]"),
    ]);
}

#[test]
fn multiples_are_sizes() {
    expect(&[
        ("doubled", "doubled: [50, ∞) ~[80, 120]"),
        ("nearly doubled", "nearly doubled: (0, 100) ~[70, 100)"),
        ("more than doubled", "more than doubled: (100, ∞) ~(100, 200]"),
        ("about doubled", "about doubled: (0, ∞) ~[50, 150]"),
        ("arrests almost exactly doubled last year", "almost exactly doubled: (0, 100] ~[70, 100]"),
        ("at least tripled", "at least tripled: [200, ∞)"),
        ("tripled", "tripled: [125, ∞) ~[170, 230]"),
        ("halved", "halved: (-∞, -100/3] ~[-600/11, -400/9]"),
        ("nearly halved", "nearly halved: (-50, 0) ~(-50, -700/17]"),
        ("more than halved", "more than halved: (-∞, -50) ~[-200/3, -50)"),
        ("a threefold increase", "a threefold increase: [125, ∞) ~[170, 230]"),
        ("a threefold drop", "a threefold drop: (-∞, -500/9] ~[-2300/33, -1700/27]"),
        ("a 10-fold rise", "a 10-fold rise: [650, ∞) ~[800, 1000]"),
        ("three times as many", "three times as many: [125, ∞) ~[170, 230]"),
        ("three times the November average", "three times the: [125, ∞) ~[170, 230]"),
        ("twice what it was", "twice what: [50, ∞) ~[80, 120]"),
        ("three times a week", ""),
        ("three times more", "three times more: [125, ∞) ~[170, 340]"),
        ("rose three times in a year", "rose: (0, ∞)"),
        ("cut in half", "cut in half: (-∞, -100/3] ~[-600/11, -400/9]"),
        ("fell by a factor of three", "fell by a factor of three: (-∞, -500/9] ~[-2300/33, -1700/27]"),
        ("double-digit growth", "growth: (0, ∞)"),
        ("half as many", "half as many: (-∞, -100/3] ~[-600/11, -400/9]"),
    ]);
}

#[test]
fn a_direction_may_stand_alone() {
    expect(&[
        ("rose", "rose: (0, ∞)"),
        ("a sharp decline", "a sharp decline: (-∞, 0) ~(-∞, -25]"),
        ("declined slightly", "declined slightly: (-∞, 0) ~[-5, 0)"),
        ("fell from 93 to 17", "fell: (-∞, 0)"),
        ("fell by 76 to 17", "fell: (-∞, 0)"),
        ("up from 93 to 98", "up: (0, ∞)"),
        ("edged up to 61,200 from 58,900", "up: (0, ∞)"),
        ("crept up to 98", "up: (0, ∞)"),
        ("unchanged", "unchanged: [-5, 5] ~[-1, 1]"),
        ("no change", "no change: [-5, 5] ~[-1, 1]"),
        ("broadly flat at 5%", "flat: [-10, 10] ~[-2, 2]; level 5%"),
        ("76 fewer than in October", "fewer: (-∞, 0)"),
        ("rose 3 points", "rose: (0, ∞)"),
    ]);
}

#[test]
fn what_is_no_direction_is_left_alone() {
    expect(&[
        ("26 fell ill", ""),
        ("up in arms", ""),
        ("the fall of the Berlin Wall", ""),
        ("8% in the fall of 2025", "8%: [7.5, 8.5]; unsaid"),
        ("8% in fall 2025", "8%: [7.5, 8.5]; unsaid"),
        ("up to 17", ""),
        ("after the cut, sales were 8%", "8%: [7.5, 8.5]; unsaid"),
        ("said Rose Smith of the 8%", "8%: [7.5, 8.5]; unsaid"),
        ("a contract of the year, 8%", "8%: [7.5, 8.5]; unsaid"),
        ("8% of sales", "8%: [7.5, 8.5]; unsaid"),
        ("up to 8%", "up to 8%: (-∞, ∞) ~(-∞, 8]; unsaid"),
    ]);
}

#[test]
fn a_change_after_another_one_is_its_own() {
    expect(&[
        ("rose 5% after a fall in May", "rose 5%: [4.5, 5.5]"),
        ("rebounded 3.2% after falling in 2024", "rebounded 3.2%: [3.15, 3.25]"),
        ("gave up 3.2%", "3.2%: [3.15, 3.25]; unsaid"),
    ]);
}

#[test]
fn what_is_in_doubt_is_said_to_be() {
    expect(&[
        ("did not fall by 8%", "8%: [7.5, 8.5]; denied not"),
        ("never rose 8%", "8%: [7.5, 8.5]; denied never"),
        ("didn’t fall", "denied didn’t"),
        ("rose 5% then fell 3%", "5%: [4.5, 5.5]; 3%: [2.5, 3.5]; both rose fell"),
        ("fell below 8%", "fell: (-∞, 0); level below 8%"),
        ("fell over 8%", "fell: (-∞, 0); level over 8%"),
        ("cut support among 8% of voters", "8%: [7.5, 8.5]; unsaid"),
        ("growth slowed to 5%", "growth: (0, ∞); level 5%"),
        ("edged up to 5% from 4%", "up: (0, ∞); level up to 5%; level 4%"),
        ("rose from 58% to 61%", "rose: (0, ∞); level 58%; level 61%"),
    ]);
}

#[test]
fn figures_that_moved_are_told_from_where_they_came_to() {
    let policy = ReadingPolicy::default();
    let moves = |text: &str| -> Vec<String> {
        let sign = |it: &Move| match it.way {
            Way::More => "+",
            Way::Less => "-",
            Way::Lost => "lost ",
            Way::Unclear => "? ",
        };
        find_moves(text, &policy).iter().map(|it| format!("{}{}", sign(it), it.found.quantity.text)).collect()
    };
    let levels = |text: &str| -> Vec<String> {
        find_levels(text, &policy).into_iter().map(|found| found.quantity.text).collect()
    };
    assert_eq!(moves("turnout fell 3 percentage points to 61%"), ["-3 percentage points"]);
    assert_eq!(moves("a loss of €2.3m, against a profit of €1m"), ["lost €2.3m"]);
    assert_eq!(moves("a deficit of about €2.3m"), ["lost about €2.3m"]);
    assert_eq!(moves("76 fewer reports, 12 more arrests"), ["-76", "+12"]);
    assert_eq!(moves("26 fell ill and 17 came to the opening"), [""; 0]);
    assert_eq!(levels("absence eased from 8.4% to 6.9%"), ["8.4%", "6.9%"]);
    assert_eq!(levels("fell by 76 to 17"), ["17"]);
}

#[test]
fn every_fall_and_loss_beside_a_figure_is_seen() {
    let policy = ReadingPolicy::default();
    let ways = |text: &str| find_moves(text, &policy).iter().map(|it| it.way).collect::<Vec<_>>();
    let mut wanted = Vec::new();
    for text in [
        "fell 8%",
        "fell sharply, by 3%",
        "a decline in the number of reports of 8%",
        "the fall in arrests was 8%",
        "the drop was 76",
        "fell in May 8%",
        "fell a record 8%",
        "fell over 8%",
        "dropped off by 8%",
        "fell short by 8%",
        "1.7% below 2019",
        "an 8% yearly drop",
        "fell by a third",
        "a third fewer arrests",
        "fell by a factor of three",
        "halved",
        "a 10-fold drop",
    ] {
        wanted.push((text, vec![Way::Less]));
    }
    for text in [
        "a loss of €2.3m",
        "a net loss for the year of €2.3m",
        "a €2.3m budget deficit",
        "losses totalled €2.3m",
        "€2.3m in the red",
        "lost 12 seats",
        "76 jobs lost in May",
        "cut emissions 23%",
        "cut 1,200 jobs",
    ] {
        wanted.push((text, vec![Way::Lost]));
    }
    for text in ["the deficit rose by €1m", "the loss narrowed by €1m", "up 8% lower"] {
        wanted.push((text, vec![Way::Unclear]));
    }
    wanted.push(("the loss widened to €2.3m", vec![Way::Lost]));
    for text in [
        "26 people lost their lives",
        "fell to 154",
        "fell below 8%",
        "support fell to 41%",
        "in fall 2025, 26 were held",
        "a profit of €2.3m",
        "after last year’s loss, profit was €3m",
        "turnout, which has fallen since May, was 61%",
        "after the cut, sales were 8%",
        "26 fell ill",
        "a man fell over a wall of 26 bricks",
    ] {
        wanted.push((text, vec![]));
    }
    let got = |(text, way): (&'static str, Vec<Way>)| (text, ways(text), way);
    let wrong: Vec<_> = wanted.into_iter().map(got).filter(|(_, got, way)| got != way).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
