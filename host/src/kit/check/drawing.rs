//! A form in the terminal, as an administrator will see it on the page.

mod field;
mod lines;

use std::collections::BTreeSet;

use plugin_api::AuthenticatorType;
use serde_json::json;

use crate::ui::form::Filling;
use crate::ui::i18n::Words;
use lines::Card;

/// The form of `kind` in the language of `words`, as lines.
pub(crate) fn of(kind: &AuthenticatorType, words: Words) -> Vec<String> {
    let language = words.language();
    let site = format!("https://admin.example.com/signin/{}", kind.id);
    let filling = Filling {
        language,
        prefix: "",
        data: &json!({}),
        redirect_url: &format!("{site}/callback"),
        client_url: &format!("{site}/client"),
        link_query: kind.client.as_ref().and_then(|client| client.link_query.as_deref()).unwrap_or_default(),
        stored: &BTreeSet::new(),
        faults: &[],
        said: &[],
    };
    let mut card = Card::new(&format!("{} · {}", kind.title.get(language), kind.id));
    card.text(kind.description.get(language));
    for field in filling.fields(&kind.form) {
        card.empty();
        field::draw(&mut card, &field, words);
    }
    card.empty();
    let caption = kind.login_button.caption.get(language).replace("{title}", kind.title.get(language));
    card.text(&words.t("kit-button"));
    card.boxed(&caption);
    card.end()
}
