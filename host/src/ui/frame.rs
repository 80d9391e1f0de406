//! What every page needs, whatever it shows: [`Frame`].

use ui_schema::{Language, Text};

use super::i18n::Words;
use super::notice::Notice;
use crate::urls::Urls;

/// What surrounds a page: language, theme, addresses, and who is looking.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The language of this response.
    pub language: Language,
    /// Light, dark, or as the device prefers.
    pub theme: Theme,
    /// All addresses.
    pub urls: Urls,
    /// Name of the installation, as in "Sign in to …".
    pub site_name: String,
    /// Who is signed in.
    pub person: Option<Person>,
    /// Numbers beside the entries of the menu.
    pub counts: Counts,
    /// A line at the foot of every page, for example that this is a demo.
    pub footer: Option<Text>,
    /// What every administrator has to know on every page.
    pub alarms: Vec<Alarm>,
    /// What the request before this one did, shown once on top of the page.
    pub notice: Option<Notice>,
    /// Where the language and theme buttons return to. Each page puts its own address here with [`at`](Self::at): the
    /// address of the request may be that of a form, or hold a one-time code.
    pub path: String,
}

impl Frame {
    /// A frame with nobody signed in, nothing counted and nothing to announce.
    pub fn new(language: Language, urls: Urls, site_name: impl Into<String>) -> Self {
        let path = urls.home();
        Self {
            language,
            theme: Theme::System,
            urls,
            site_name: site_name.into(),
            person: None,
            counts: Counts::default(),
            footer: None,
            alarms: Vec::new(),
            notice: None,
            path,
        }
    }

    /// The frame of the page that `GET address` opens.
    #[must_use]
    pub fn at(&self, address: String) -> Self {
        Self { path: address, ..self.clone() }
    }

    /// The words of this frame's language.
    pub fn words(&self) -> Words {
        Words::new(self.language)
    }

    /// Whether an administrator is looking.
    pub fn is_admin(&self) -> bool {
        self.person.as_ref().is_some_and(|person| person.is_admin)
    }
}

/// What every administrator has to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Alarm {
    /// Plug-ins that nobody known has signed may run.
    UnsignedPlugins,
    /// No plug-in runs at all.
    SafeMode,
    /// A plug-in hung and was stopped; its name.
    PluginStopped(String),
}

impl Alarm {
    /// One sentence.
    pub fn sentence(&self, words: Words) -> String {
        match self {
            Self::UnsignedPlugins => words.t("alarm-unsigned"),
            Self::SafeMode => words.t("alarm-safe-mode"),
            Self::PluginStopped(name) => words.with("alarm-stopped", &[("name", name.clone().into())]),
        }
    }
}

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Nickname, or the username where there is none.
    pub name: String,
    /// Whether the administration pages are open to them.
    pub is_admin: bool,
}

/// Numbers beside the entries of the menu; `None` shows none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Users.
    pub users: Option<u64>,
    /// Plug-ins, enabled or not.
    pub plugins: Option<u64>,
    /// Authenticators.
    pub authenticators: Option<u64>,
}

/// Light, dark, or as the device prefers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Theme {
    /// As the device prefers.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// Every theme, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// The name in forms, cookies and the style sheet.
    pub const fn name(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// The theme of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.name() == name)
    }
}
