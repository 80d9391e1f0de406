//! Icons: our own line drawings, and the pictures that plug-ins bring along.
//!
//! Ours are part of the page. A plug-in's picture is foreign: it is only ever shown through `<img>` from an address
//! that is served sandboxed, so nothing in it can run.

use maud::{Markup, PreEscaped, html};

use crate::urls::Urls;

/// The picture of a plug-in or of an authenticator type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Picture {
    /// A picture that a plug-in brought along, by the id of the plug-in or type.
    Served(String),
    /// One of ours.
    Drawn(Icon),
}

impl Picture {
    /// The picture; what it stands for is always written beside it, so it is silent for screen readers.
    pub fn markup(&self, urls: &Urls) -> Markup {
        html! {
            span.picture aria-hidden="true" {
                @match self {
                    Self::Served(id) => img src=(urls.icon(id)) alt="" width="24" height="24" loading="lazy";,
                    Self::Drawn(icon) => (icon.markup()),
                }
            }
        }
    }
}

/// A line drawing, 24 by 24.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// A bell-shaped door: a sign-in method without a picture.
    Door,
    /// A circle with a tick.
    Good,
    /// A circle with an exclamation mark.
    Alert,
    /// A triangle with an exclamation mark.
    Warning,
    /// A circle with an i.
    Info,
    /// Opens a menu.
    Down,
    /// One place up.
    Up,
    /// Back.
    Left,
    /// On.
    Right,
    /// Two sheets.
    Copy,
    /// An eye.
    Eye,
    /// Another site.
    External,
    /// The globe.
    Globe,
    /// A house.
    Home,
    /// A key.
    Key,
    /// A list with bullets.
    List,
    /// Three bars.
    Menu,
    /// A crescent.
    Moon,
    /// A plug.
    Plug,
    /// A plus.
    Plus,
    /// A screen.
    Screen,
    /// A lens.
    Search,
    /// A shield.
    Shield,
    /// Leaving through a door.
    SignOut,
    /// The sun.
    Sun,
    /// A dustbin.
    Trash,
    /// An arrow out of a tray.
    Upload,
    /// Two people.
    Users,
}

impl Icon {
    const fn path(self) -> &'static str {
        match self {
            Self::Door => "M6 21V5a2 2 0 0 1 2-2h8a2 2 0 0 1 2 2v16M3.5 21h17M14 12h.01",
            Self::Good => "M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0ZM8.2 12.4l2.6 2.6 5-5.6",
            Self::Alert => "M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0ZM12 7.5v5.2M12 16.3h.01",
            Self::Warning => "M12 3.6 2.4 20.2h19.2L12 3.6ZM12 10v4.6M12 17.4h.01",
            Self::Info => "M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0ZM12 11.3v5.2M12 7.7h.01",
            Self::Down => "m6 9.5 6 6 6-6",
            Self::Up => "m6 14.5 6-6 6 6",
            Self::Left => "m14.5 6-6 6 6 6",
            Self::Right => "m9.5 6 6 6-6 6",
            Self::Copy => "M9 9h11v11H9zM15 9V4H4v11h5",
            Self::Eye => {
                "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12ZM15 12a3 3 0 1 1-6 0 3 3 0 0 1 6 0Z"
            }
            Self::External => "M13 4h7v7M20 4l-9.5 9.5M18 14v6H4V6h6",
            Self::Globe => "M21 12a9 9 0 1 1-18 0 9 9 0 0 1 18 0ZM3 12h18M12 3c5 5.6 5 12.4 0 18-5-5.6-5-12.4 0-18Z",
            Self::Home => "m3.5 11 8.5-7.5 8.5 7.5M6 9v11.5h12V9M10 20.5v-6h4v6",
            Self::Key => {
                "M12 8.5a4.5 4.5 0 1 1-9 0 4.5 4.5 0 0 1 9 0ZM10.7 11.7 20.5 21.5M16.5 17.5l2.3-2.3M7.5 8.5h.01"
            }
            Self::List => "M9 6h11.5M9 12h11.5M9 18h11.5M4 6h.01M4 12h.01M4 18h.01",
            Self::Menu => "M4 6.5h16M4 12h16M4 17.5h16",
            Self::Moon => "M20.5 14.2A8.7 8.7 0 1 1 9.8 3.5a7 7 0 0 0 10.7 10.7Z",
            Self::Plug => "M8.5 3v5M15.5 3v5M5.5 8h13v3.5a6.5 6.5 0 0 1-13 0V8ZM12 18v3.5",
            Self::Plus => "M12 5v14M5 12h14",
            Self::Screen => "M3 4.5h18v12H3zM8 20.5h8M12 16.5v4",
            Self::Search => "M17.5 11a6.5 6.5 0 1 1-13 0 6.5 6.5 0 0 1 13 0ZM15.8 15.8 20.5 20.5",
            Self::Shield => "M12 3 4.5 5.8v5.7c0 4.5 3 8 7.5 9.5 4.5-1.5 7.5-5 7.5-9.5V5.8L12 3Z",
            Self::SignOut => "M9.5 4H4v16h5.5M10 12h10.5M16.5 8l4 4-4 4",
            Self::Sun => {
                "M16 12a4 4 0 1 1-8 0 4 4 0 0 1 8 0ZM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4"
            }
            Self::Trash => "M4 6.5h16M9 6V3.5h6V6M6.5 6.5l1 14h9l1-14M10 10.5v6M14 10.5v6",
            Self::Upload => "M12 15V3.5M7.5 8 12 3.5 16.5 8M4 15v5h16v-5",
            Self::Users => {
                "M12.5 8a4 4 0 1 1-8 0 4 4 0 0 1 8 0ZM1.5 20.5c.4-4 3.3-6 7-6s6.6 2 7 6M16 4.3a4 4 0 0 1 0 7.4M18.5 14.9c2.3.8 3.7 2.7 4 5.6"
            }
        }
    }

    /// The drawing, in the colour of the text around it; silent for screen readers.
    pub fn markup(self) -> Markup {
        html! {
            svg.icon viewBox="0 0 24 24" aria-hidden="true" focusable="false" { path d=(self.path()); }
        }
    }
}

/// The sign of the house: an arch with a keyhole.
pub fn logo() -> Markup {
    html! {
        span.logo aria-hidden="true" {
            (PreEscaped(concat!(
                r#"<svg viewBox="0 0 32 32" focusable="false"><path d="M7 25V14.5a9 9 0 0 1 18 0V25"/>"#,
                r#"<path d="M4.5 25h23M16 17.5V21"/><circle cx="16" cy="15.5" r="2"/></svg>"#
            )))
        }
    }
}
