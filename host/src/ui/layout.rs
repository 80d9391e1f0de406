//! The two shapes of a page: a card in the middle (signing in, refusals, errors), and the administration with its menu.

use maud::{DOCTYPE, Markup, html};
use ui_schema::Language;

use super::assets::Asset;
use super::components::{alert, initials};
use super::frame::{Frame, Person, Theme};
use super::icons::{Icon, logo};

/// Where a page stands in the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The person's own page.
    Home,
    /// The Authentication page and its forms.
    Authenticators,
    /// Users and their forms.
    Users,
    /// The plug-in manager.
    Plugins,
    /// The journal.
    Journal,
}

/// A page with the menu beside it.
pub fn page(frame: &Frame, place: Place, title: &str, content: &Markup) -> Markup {
    let words = frame.words();
    let body = html! {
        a.skip href="#main" { (words.t("skip")) }
        header.side {
            div.side-top {
                (brand(frame))
                details.menu {
                    summary.icon-button aria-label=(words.t("menu")) { (Icon::Menu.markup()) }
                    div.menu-body { (navigation(frame, place)) (account(frame)) }
                }
            }
            div.side-body { (navigation(frame, place)) (account(frame)) }
        }
        main #main tabindex="-1" {
            @for alarm in &frame.alarms {
                div.alarm role="status" { (Icon::Warning.markup()) p { (alarm.sentence(words)) } }
            }
            (notice(frame))
            (content)
            (footer(frame))
        }
    };
    document(frame, title, "shell", &body)
}

/// What the request before this one did.
pub fn notice(frame: &Frame) -> Markup {
    html! {
        @if let Some(notice) = frame.notice {
            (alert(notice.tone(), &html! { (frame.words().t(&format!("notice-{}", notice.name()))) }))
        }
    }
}

/// A page that is one card.
pub fn card(frame: &Frame, title: &str, content: &Markup) -> Markup {
    let body = html! {
        header.corner { (languages(frame)) (themes_menu(frame)) }
        main #main { div.sheet { (content) } }
        (footer(frame))
    };
    document(frame, title, "stage", &body)
}

fn document(frame: &Frame, title: &str, class: &str, body: &Markup) -> Markup {
    let title = if title == frame.site_name { title.to_owned() } else { format!("{title} · {}", frame.site_name) };
    html! {
        (DOCTYPE)
        html lang=(frame.language.tag()) data-theme=(frame.theme.name()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content=(color_scheme(frame.theme));
                meta name="robots" content="noindex";
                title { (title) }
                link rel="icon" type="image/svg+xml" href=(Asset::Favicon.url(&frame.urls));
                link rel="stylesheet" href=(Asset::StyleSheet.url(&frame.urls));
                script defer src=(Asset::Script.url(&frame.urls)) {}
            }
            body class=(class) { (body) }
        }
    }
}

const fn color_scheme(theme: Theme) -> &'static str {
    match theme {
        Theme::System => "light dark",
        Theme::Light => "light",
        Theme::Dark => "dark",
    }
}

fn brand(frame: &Frame) -> Markup {
    html! { a.brand href=(frame.urls.home()) { (logo()) span { (frame.site_name) } } }
}

fn footer(frame: &Frame) -> Markup {
    html! {
        @if let Some(text) = &frame.footer { footer.foot { p { (text.get(frame.language)) } } }
    }
}

fn navigation(frame: &Frame, place: Place) -> Markup {
    let words = frame.words();
    let urls = &frame.urls;
    let counts = frame.counts;
    let entry = |here: Place, icon: Icon, key: &str, address: String, count: Option<u64>| {
        html! {
            li {
                a href=(address) aria-current=[(here == place).then_some("page")] {
                    (icon.markup()) span { (words.t(key)) }
                    @if let Some(count) = count { span.count { (words.number(count)) } }
                }
            }
        }
    };
    html! {
        nav aria-label=(words.t("nav")) {
            ul { (entry(Place::Home, Icon::Home, "nav-home", urls.home(), None)) }
            @if frame.is_admin() {
                p { (words.t("nav-access")) }
                ul {
                    @let ways = (urls.authenticators(), counts.authenticators);
                    (entry(Place::Authenticators, Icon::Shield, "nav-authenticators", ways.0, ways.1))
                    (entry(Place::Users, Icon::Users, "nav-users", urls.users(), counts.users))
                }
                p { (words.t("nav-system")) }
                ul {
                    (entry(Place::Plugins, Icon::Plug, "nav-plugins", urls.plugins(), counts.plugins))
                    (entry(Place::Journal, Icon::List, "nav-journal", urls.journal(), None))
                }
            }
        }
    }
}

/// Who is signed in, with language, theme and the way out.
fn account(frame: &Frame) -> Markup {
    let words = frame.words();
    html! {
        div.account {
            @if let Some(Person { name, is_admin }) = &frame.person {
                div.who {
                    span.avatar aria-hidden="true" { (initials(name)) }
                    span { strong { (name) } small { (words.t(if *is_admin { "role-admin" } else { "role-member" })) } }
                    form method="post" action=(frame.urls.sign_out()) {
                        button.icon-button type="submit" aria-label=(words.t("sign-out")) title=(words.t("sign-out")) {
                            (Icon::SignOut.markup())
                        }
                    }
                }
            }
            div.preferences { (languages(frame)) (themes(frame)) }
        }
    }
}

/// One button for each of the other languages, in that language.
fn languages(frame: &Frame) -> Markup {
    html! {
        @for language in Language::ALL.into_iter().filter(|language| *language != frame.language) {
            form method="post" action=(frame.urls.preferences()) {
                input type="hidden" name="return" value=(frame.path);
                button.button.quiet.small name="language" value=(language.tag()) lang=(language.tag()) {
                    (Icon::Globe.markup()) span { (language.autonym()) }
                }
            }
        }
    }
}

fn themes_menu(frame: &Frame) -> Markup {
    let words = frame.words();
    html! {
        details.pop {
            summary.icon-button aria-label=(words.t("theme")) title=(words.t("theme")) {
                (theme_icon(frame.theme).markup())
            }
            div.pop-body { (themes(frame)) }
        }
    }
}

/// One button per theme; the present one is pressed.
fn themes(frame: &Frame) -> Markup {
    let words = frame.words();
    html! {
        form method="post" action=(frame.urls.preferences()) {
            input type="hidden" name="return" value=(frame.path);
            div.segments role="group" aria-label=(words.t("theme")) {
                @for theme in Theme::ALL {
                    @let label = words.t(&format!("theme-{}", theme.name()));
                    @let pressed = theme == frame.theme;
                    button name="theme" value=(theme.name()) aria-pressed=(pressed) aria-label=(label) title=(label) {
                        (theme_icon(theme).markup())
                    }
                }
            }
        }
    }
}

const fn theme_icon(theme: Theme) -> Icon {
    match theme {
        Theme::System => Icon::Screen,
        Theme::Light => Icon::Sun,
        Theme::Dark => Icon::Moon,
    }
}
