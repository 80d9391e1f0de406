//! The parts that pages are made of. Each works without JavaScript; the script only adds comfort.

use maud::{Markup, html};

use super::frame::Frame;
use super::i18n::Words;
use super::icons::Icon;

/// How good or bad something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Neither.
    Neutral,
    /// Worth knowing.
    Info,
    /// As it should be.
    Good,
    /// Might matter.
    Warning,
    /// Wrong.
    Bad,
}

impl Tone {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Info => "info",
            Self::Good => "good",
            Self::Warning => "warning",
            Self::Bad => "bad",
        }
    }

    /// The drawing that goes with it.
    pub const fn icon(self) -> Icon {
        match self {
            Self::Neutral | Self::Info => Icon::Info,
            Self::Good => Icon::Good,
            Self::Warning => Icon::Warning,
            Self::Bad => Icon::Alert,
        }
    }
}

/// A message in a box. Bad news interrupts a screen reader, other news waits its turn.
pub fn alert(tone: Tone, content: &Markup) -> Markup {
    let role = if tone == Tone::Bad { "alert" } else { "status" };
    html! {
        div.alert data-tone=(tone.name()) role=(role) { (tone.icon().markup()) div { (content) } }
    }
}

/// A state in one or two words.
pub fn badge(tone: Tone, text: &str) -> Markup {
    html! { span.badge data-tone=(tone.name()) { (text) } }
}

/// How a button looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// The one thing to do on this page.
    Primary,
    /// Something else to do.
    Plain,
    /// Something quiet, without a border.
    Quiet,
    /// Something that cannot be undone.
    Danger,
}

impl Look {
    /// The classes of a button or link.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button primary",
            Self::Plain => "button",
            Self::Quiet => "button quiet",
            Self::Danger => "button danger",
        }
    }
}

/// A button that sends the form around it.
pub fn submit(look: Look, caption: &str) -> Markup {
    html! { button class=(look.class()) type="submit" { (caption) } }
}

/// A link that looks like a button.
pub fn link_button(look: Look, address: &str, content: &Markup) -> Markup {
    html! { a class=(look.class()) href=(address) { (content) } }
}

/// A form that is only a button, with the hidden values it posts.
pub fn post_button(look: Look, address: &str, values: &[(&str, &str)], content: &Markup) -> Markup {
    html! {
        form method="post" action=(address) {
            @for (name, value) in values { input type="hidden" name=(name) value=(value); }
            button class=(look.class()) type="submit" { (content) }
        }
    }
}

/// An icon that is a button: it posts to `address`, or is out of order when there is none.
pub fn icon_button(icon: Icon, label: &str, address: Option<&str>) -> Markup {
    html! {
        form method="post" action=[address] {
            button.icon-button type="submit" aria-label=(label) title=(label) disabled[address.is_none()] {
                (icon.markup())
            }
        }
    }
}

/// A switch. Pressing it posts to `address`, which is the address for the other position.
pub fn switch(on: bool, label: &str, address: &str) -> Markup {
    html! {
        form method="post" action=(address) {
            button.switch type="submit" role="switch" aria-checked=(on) aria-label=(label) title=(label) { span {} }
        }
    }
}

/// A text to be copied as a whole. It wraps instead of being cut off; the button comes with the script.
pub fn copy_field(words: Words, id: &str, text: &str) -> Markup {
    html! {
        span.copy {
            code id=(id) { (text) }
            button.button.small type="button" data-copy=(id) data-done=(words.t("copied")) hidden {
                (Icon::Copy.markup()) span aria-live="polite" { (words.t("copy")) }
            }
        }
    }
}

/// What a page is about, and what can be done on it.
pub fn page_head(title: &str, lead: &str, actions: &Markup) -> Markup {
    html! {
        div.page-head {
            div { h1 { (title) } @if !lead.is_empty() { p.lead { (lead) } } }
            @if !actions.0.is_empty() { div.actions { (actions) } }
        }
    }
}

/// What to show where there is nothing.
pub fn empty_state(icon: Icon, title: &str, content: &Markup) -> Markup {
    html! {
        div.empty { span.picture aria-hidden="true" { (icon.markup()) } h2 { (title) } (content) }
    }
}

/// A search box that opens the page anew.
pub fn search(words: Words, address: &str, label: &str, query: &str, kept: &[(&str, &str)]) -> Markup {
    html! {
        form.search method="get" action=(address) role="search" {
            @for (name, value) in kept.iter().filter(|(_, value)| !value.is_empty()) {
                input type="hidden" name=(name) value=(value);
            }
            label.visually-hidden for="q" { (label) }
            span.search-box {
                (Icon::Search.markup())
                input #q type="search" name="q" value=(query) placeholder=(label) autocomplete="off" maxlength="200";
            }
            button.button type="submit" { (words.t("search")) }
        }
    }
}

/// Which part of a list is shown, and the way to the other parts.
pub fn pagination(frame: &Frame, page: u64, page_size: u64, total: u64, address: impl Fn(u64) -> String) -> Markup {
    let words = frame.words();
    let pages = total.div_ceil(page_size.max(1)).max(1);
    let first = (page.saturating_sub(1) * page_size + 1).min(total);
    let last = (page * page_size).min(total);
    let shown = words.with(
        "pagination-shown",
        &[
            ("first", words.number(first).into()),
            ("last", words.number(last).into()),
            ("total", words.number(total).into()),
        ],
    );
    html! {
        nav.pagination aria-label=(words.t("pagination")) {
            p { (shown) }
            @if pages > 1 {
                (turn(Icon::Left, &words.t("pagination-previous"), (page > 1).then(|| address(page - 1))))
                (turn(Icon::Right, &words.t("pagination-next"), (page < pages).then(|| address(page + 1))))
            }
        }
    }
}

fn turn(icon: Icon, label: &str, address: Option<String>) -> Markup {
    html! {
        @if let Some(address) = address {
            a.button.small href=(address) { (icon.markup()) span { (label) } }
        } @else {
            span.button.small aria-disabled="true" { (icon.markup()) span { (label) } }
        }
    }
}

/// A button that asks once more before it posts.
pub fn confirm(caption: &str, question: &str, address: &str, button: &str) -> Markup {
    html! {
        details.confirm {
            summary class=(Look::Danger.class()) { (caption) }
            div.confirm-body { p { (question) } (post_button(Look::Danger, address, &[], &html! { (button) })) }
        }
    }
}

/// The letters that stand for a person: two initials, or the last two characters of a Chinese name.
pub fn initials(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    if !name.is_ascii() {
        let characters: Vec<char> = name.chars().filter(|character| !character.is_whitespace()).collect();
        return characters[characters.len().saturating_sub(2)..].iter().collect();
    }
    let letters: String = match words.as_slice() {
        [one] => one.chars().take(2).collect(),
        [first, .., last] => first.chars().take(1).chain(last.chars().take(1)).collect(),
        [] => String::new(),
    };
    letters.to_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_of_names() {
        assert_eq!(initials("admin"), "AD");
        assert_eq!(initials("Ada M. Lovelace"), "AL");
        assert_eq!(initials("韩梅梅"), "梅梅");
        assert_eq!(initials("李"), "李");
        assert_eq!(initials(""), "");
    }
}
