//! Columns of a terminal.

/// Lines whose columns begin below each other, two spaces apart.
pub(super) fn aligned<const COLUMNS: usize>(lines: impl Iterator<Item = [String; COLUMNS]>) -> Vec<String> {
    let lines: Vec<[String; COLUMNS]> = lines.collect();
    let mut widths = [0; COLUMNS];
    for line in &lines {
        for (column, text) in widths.iter_mut().zip(line) {
            *column = width(text).max(*column);
        }
    }
    let joined = |line: &[String; COLUMNS]| {
        let padded =
            line.iter().zip(widths).map(|(text, column)| format!("{text}{}", " ".repeat(column - width(text))));
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    lines.iter().map(joined).collect()
}

/// How many cells of a terminal a text takes.
fn width(text: &str) -> usize {
    text.chars().map(|letter| if is_wide(letter) { 2 } else { 1 }).sum()
}

/// Whether a letter takes two cells: Chinese characters and punctuation (UAX #11, East Asian Wide and Fullwidth).
fn is_wide(letter: char) -> bool {
    matches!(letter, '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}' | '\u{ffe0}'..='\u{ffe6}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chinese_character_takes_two_cells() {
        let lines = [["客户端", "a"], ["n1", "b"]].map(|line| line.map(str::to_owned));
        assert_eq!(aligned(lines.into_iter()), ["客户端  a", "n1      b"]);
    }

    #[test]
    fn no_line_ends_with_spaces() {
        let lines = [["1", "n1", ""], ["10", "", ""]].map(|line| line.map(str::to_owned));
        assert_eq!(aligned(lines.into_iter()), ["1   n1", "10"]);
    }
}
