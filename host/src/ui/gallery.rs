//! Every state of every page, in both languages, light and dark: rendered, checked, and written to `target/gallery`
//! to be looked at (serve that folder; asset addresses start at its root).

use std::fs;
use std::path::Path;

use maud::Markup;
use ui_schema::{Language, Text};

use super::error_page::ErrorPage;
use super::frame::{Counts, Frame, Person, Theme};
use super::notice::Notice;
use crate::audit::page::JournalPage;
use crate::authenticators::page::AuthenticatorsPage;
use crate::home::page::HomePage;
use crate::keys::page::KeysPage;
use crate::plugins::page::PluginsPage;
use crate::plugins::page::detail::PluginPage;
use crate::plugins::page::install::{InstallPage, ReleasePage};
use crate::signin::client::page::ClientPage;
use crate::signin::explanation::page::ExplanationPage;
use crate::signin::linking::page::ConfirmPage;
use crate::signin::linking::reauth::ReauthPage;
use crate::signin::page::{RefusalPage, SignInPage};
use crate::signin::rehearsal::page::RehearsalPage;
use crate::urls::Urls;
use crate::users::form_page::UserFormPage;
use crate::users::page::UsersPage;

mod html_check;

const ICON: &str = r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><rect width="24" height="24" rx="6" fill="#0f8a6c"/><path d="M7 12.5 10.5 16 17 8.5" fill="none" stroke="#fff" stroke-width="2.5"/></svg>"##;

fn frame(language: Language, theme: Theme, person: Option<bool>, notice: Option<Notice>) -> Frame {
    let name = if language == Language::En { "Ada Lovelace" } else { "韩梅梅" };
    Frame {
        theme,
        person: person.map(|is_admin| Person { name: name.into(), is_admin }),
        counts: Counts { users: Some(1_284), plugins: Some(3), authenticators: None },
        footer: person.is_none().then(|| Text::new("Demo mode · providers are simulated", "演示模式 · 登录服务为模拟")),
        notice,
        ..Frame::new(language, Urls::new(""), "Gatehouse")
    }
}

struct Gallery {
    pages: Vec<(String, String)>,
}

impl Gallery {
    fn show<T>(
        &mut self,
        name: &str,
        person: Option<bool>,
        samples: &[(&'static str, T)],
        markup: impl Fn(&T, &Frame) -> Markup,
    ) {
        for (position, (state, sample)) in samples.iter().enumerate() {
            let notice = if person.is_some() { Notice::ALL.get(position).copied() } else { Some(Notice::SignedOut) };
            for language in Language::ALL {
                for theme in [Theme::Light, Theme::Dark] {
                    let html = markup(sample, &frame(language, theme, person, notice)).into_string();
                    self.pages.push((format!("{name}-{state}.{}.{}", language.tag(), theme.name()), html));
                }
            }
        }
    }
}

fn gallery() -> Gallery {
    let mut gallery = Gallery { pages: Vec::new() };
    gallery.show("signin", None, &SignInPage::samples(), SignInPage::markup);
    gallery.show("client", None, &ClientPage::samples(), ClientPage::markup);
    gallery.show("refusal", None, &RefusalPage::samples(), RefusalPage::markup);
    gallery.show("link", Some(false), &ConfirmPage::samples(), ConfirmPage::markup);
    gallery.show("reauth", Some(false), &ReauthPage::samples(), ReauthPage::markup);
    gallery.show("error", None, &ErrorPage::samples(), ErrorPage::markup);
    gallery.show("home", Some(true), &HomePage::samples(), HomePage::markup);
    gallery.show("home-member", Some(false), &HomePage::samples(), HomePage::markup);
    gallery.show("authentication", Some(true), &AuthenticatorsPage::samples(), AuthenticatorsPage::markup);
    gallery.show("keys", Some(true), &KeysPage::samples(), KeysPage::markup);
    gallery.show("plugins", Some(true), &PluginsPage::samples(), PluginsPage::markup);
    gallery.show("plugin", Some(true), &PluginPage::samples(), PluginPage::markup);
    gallery.show("install", Some(true), &InstallPage::samples(), InstallPage::markup);
    gallery.show("release", Some(true), &ReleasePage::samples(), ReleasePage::markup);
    gallery.show("users", Some(true), &UsersPage::samples(), UsersPage::markup);
    gallery.show("user", Some(true), &UserFormPage::samples(), UserFormPage::markup);
    gallery.show("journal", Some(true), &JournalPage::samples(), JournalPage::markup);
    gallery.show("explanation", Some(true), &ExplanationPage::samples(), ExplanationPage::markup);
    gallery.show("rehearsal", Some(true), &RehearsalPage::samples(), RehearsalPage::markup);
    gallery
}

#[test]
fn every_page_in_every_state_is_well_formed() {
    let gallery = gallery();
    assert!(gallery.pages.len() > 200);
    write(&gallery);
    for (name, html) in &gallery.pages {
        let faults = html_check::faults(html);
        assert!(faults.is_empty(), "{name}: {faults:#?}");
    }
}

/// Best effort: the pictures are for people, the checks above are the test.
fn write(gallery: &Gallery) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = root.join("../target/gallery");
    for part in ["assets", "icons"] {
        fs::create_dir_all(folder.join(part)).unwrap();
    }
    for (name, html) in &gallery.pages {
        fs::write(folder.join(format!("{name}.html")), html).unwrap();
    }
    for name in ["example", "oidc", "auth-example"] {
        fs::write(folder.join(format!("icons/{name}.svg")), ICON).unwrap();
    }
    for asset in super::assets::Asset::ALL {
        let address = asset.url(&Urls::new(""));
        let source = address.rsplit('/').next().unwrap();
        let (stem, rest) = source.split_once('.').unwrap();
        let plain = format!("{stem}.{}", rest.rsplit('.').next().unwrap());
        fs::copy(root.join("assets").join(plain), folder.join(address.trim_start_matches('/'))).unwrap();
    }
}
