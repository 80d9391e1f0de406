//! One field.

use pulldown_cmark::{Event, Parser, TagEnd};

use super::lines::Card;
use crate::ui::form::{FieldKind, FieldView};
use crate::ui::i18n::Words;

pub(super) fn draw(card: &mut Card, field: &FieldView, words: Words) {
    let mark = if field.required { " *" } else { "" };
    if field.kind == FieldKind::Boolean {
        card.item(if field.value == "true" { "[x]" } else { "[ ]" }, &field.label);
    } else {
        card.text(&format!("{}{mark}", field.label));
        card.boxed(&content(field, words));
    }
    if let FieldKind::Choice(options) = &field.kind {
        for option in options {
            card.item(if option.value == field.value { "•" } else { "◦" }, &option.label);
        }
    }
    notes(card, field, words);
}

/// What is seen inside the control.
fn content(field: &FieldView, words: Words) -> String {
    match &field.kind {
        FieldKind::Secret(_) => format!("••••••••  ({})", words.t("kit-sealed")),
        FieldKind::Copy => format!("⧉ {}", field.value),
        FieldKind::Choice(options) => {
            let chosen = options.iter().find(|option| option.value == field.value);
            format!("{} ▾", chosen.map_or_else(|| words.t("choose"), |option| option.label.clone()))
        }
        _ if !field.value.is_empty() => field.value.clone(),
        _ if !field.placeholder.is_empty() => format!("{}: {}", words.t("kit-example"), field.placeholder),
        _ => String::new(),
    }
}

fn notes(card: &mut Card, field: &FieldView, words: Words) {
    if let Some(needed) = &field.needed {
        card.item(" ", needed);
    }
    for paragraph in plain(&field.help) {
        card.item(" ", &paragraph);
    }
    if let Some(when) = &field.when {
        card.item("↳", &words.with("only-when", &[("condition", when.note.clone().into())]));
    }
}

/// Markdown as a terminal can show it: a text for each paragraph.
fn plain(markdown: &str) -> Vec<String> {
    let mut paragraphs = vec![String::new()];
    for event in Parser::new(markdown) {
        let text = match event {
            Event::Text(text) | Event::Code(text) => text,
            Event::SoftBreak | Event::HardBreak => " ".into(),
            Event::End(TagEnd::Paragraph | TagEnd::Item) => {
                paragraphs.push(String::new());
                continue;
            }
            _ => continue,
        };
        paragraphs.last_mut().into_iter().for_each(|paragraph| paragraph.push_str(&text));
    }
    paragraphs.retain(|paragraph| !paragraph.is_empty());
    paragraphs
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn markdown_is_read_aloud() {
        assert_eq!(plain("Needs **one** `right`\nmore.\n\nAnd this."), ["Needs one right more.", "And this."]);
        assert!(plain("").is_empty());
    }
}
