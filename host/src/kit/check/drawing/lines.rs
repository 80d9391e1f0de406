//! Lines of a card: wrapped and padded by what characters take on a screen, which is two columns for Chinese ones.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::cli::tame;

/// Columns of a card, with its edges: what the narrowest terminal has.
const COLUMNS: usize = 78;

/// A card that is being drawn.
pub(super) struct Card {
    lines: Vec<String>,
}

impl Card {
    pub(super) fn new(title: &str) -> Self {
        let title = cut(&tame(title), COLUMNS - 8);
        let rest = "─".repeat(COLUMNS - 5 - title.width());
        Self { lines: vec![format!("╭─ {title} {rest}╮")] }
    }

    /// The lines.
    pub(super) fn end(mut self) -> Vec<String> {
        self.lines.push(format!("╰{}╯", "─".repeat(COLUMNS - 2)));
        self.lines
    }

    pub(super) fn empty(&mut self) {
        self.line("");
    }

    /// Text of any length.
    pub(super) fn text(&mut self, text: &str) {
        for line in wrapped(&tame(text), COLUMNS - 4) {
            self.line(&line);
        }
    }

    /// The same, after a sign that stands out.
    pub(super) fn item(&mut self, sign: &str, text: &str) {
        let indent = " ".repeat(sign.width() + 1);
        for (at, line) in wrapped(&tame(text), COLUMNS - 4 - indent.len()).iter().enumerate() {
            self.line(&if at == 0 { format!("{sign} {line}") } else { format!("{indent}{line}") });
        }
    }

    /// A box with one line in it.
    pub(super) fn boxed(&mut self, content: &str) {
        let inner = COLUMNS - 8;
        let content = padded(&cut(&tame(content), inner), inner);
        let edge = "─".repeat(inner + 2);
        self.line(&format!("┌{edge}┐"));
        self.line(&format!("│ {content} │"));
        self.line(&format!("└{edge}┘"));
    }

    fn line(&mut self, text: &str) {
        self.lines.push(format!("│ {} │", padded(text, COLUMNS - 4)));
    }
}

/// `text`, and blanks up to `columns`.
fn padded(text: &str, columns: usize) -> String {
    format!("{text}{}", " ".repeat(columns.saturating_sub(text.width())))
}

/// As much of `text` as `columns` take.
fn cut(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut out = String::new();
    for letter in text.chars() {
        if out.width() + letter.width().unwrap_or(0) >= columns {
            break;
        }
        out.push(letter);
    }
    out.push('…');
    out
}

/// `text` in lines of at most `columns`.
fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for (blank, word) in words(text) {
        let mut word = word.as_str();
        let line = lines.last().map_or(0, |line| line.width());
        if line > 0 && line + usize::from(blank) + word.width() > columns {
            lines.push(String::new());
        } else if let Some(line) = lines.last_mut().filter(|line| blank && !line.is_empty()) {
            line.push(' ');
        }
        // A word that no line can hold, such as an address.
        while word.width() > columns {
            let end = word.char_indices().map(|(at, _)| at).find(|at| word[..*at].width() >= columns);
            let (head, rest) = word.split_at(end.unwrap_or(word.len()));
            lines.last_mut().into_iter().for_each(|line| line.push_str(head));
            lines.push(String::new());
            word = rest;
        }
        lines.last_mut().into_iter().for_each(|line| line.push_str(word));
    }
    lines
}

/// What must stay on one line, and whether a blank comes before it. A line may end after any Chinese character, but
/// not before the mark that closes it.
fn words(text: &str) -> Vec<(bool, String)> {
    let mut words: Vec<(bool, String)> = Vec::new();
    let (mut blank, mut joins) = (false, false);
    for letter in text.chars() {
        if letter.is_whitespace() {
            (blank, joins) = (true, false);
            continue;
        }
        let wide = letter.width() == Some(2);
        let closes = "，。、；：！？）》」”’".contains(letter);
        match words.last_mut().filter(|_| !blank && (closes || (joins && !wide))) {
            Some((_, word)) => word.push(letter),
            None => words.push((blank, letter.to_string())),
        }
        (blank, joins) = (false, !wide);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_has_one_width() {
        let mut card = Card::new("飞书 · lark");
        card.text("加密保存，不再显示。Stored encrypted, and never shown again to anybody who asks, whoever they may be, 无论何时。");
        card.item("[x]", &"长".repeat(90));
        card.boxed("https://admin.example.com/signin/lark/callback/with/a/path/that/is/longer/than/any/box/can/be");
        card.text(&"x".repeat(200));
        for line in card.end() {
            assert_eq!(line.width(), COLUMNS, "{line}");
        }
    }

    #[test]
    fn lines_end_where_readers_expect_it() {
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("服务器地址。好", 10), ["服务器地", "址。好"]);
        assert_eq!(wrapped("填写 ID 值", 7), ["填写 ID", "值"]);
        assert_eq!(wrapped("", 7), [""]);
        assert_eq!(cut("服务器", 5), "服务…");
    }
}
