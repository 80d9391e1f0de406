//! The list of users.

use maud::{Markup, html};

use crate::ui::Frame;
use crate::ui::components::{Look, Tone, badge, empty_state, initials, link_button, page_head, pagination, search};
use crate::ui::icons::Icon;
use crate::ui::layout::{self, Place};
use crate::ui::role::Role;
use crate::ui::time::moment;

#[cfg(test)]
mod samples;

/// The list of users.
#[derive(Clone, Debug, Default)]
pub struct UsersPage {
    /// The users of this page of the list.
    pub rows: Vec<UserRow>,
    /// Words that were looked for; empty for none.
    pub query: String,
    /// Which page of the list, from 1.
    pub page: u64,
    /// How many users a page of the list holds.
    pub page_size: u64,
    /// How many users match in all.
    pub total: u64,
}

/// One user in the list.
#[derive(Clone, Debug)]
pub struct UserRow {
    /// Its id.
    pub id: String,
    /// Nickname, or the username where there is none.
    pub name: String,
    /// Username.
    pub username: String,
    /// E-mail address.
    pub email: Option<String>,
    /// Telephone number, E.164.
    pub phone: Option<String>,
    /// What they may do.
    pub roles: Vec<Role>,
    /// Titles of the authenticators that they can use, in the page's language.
    pub ways: Vec<String>,
    /// Whether they may sign in.
    pub enabled: bool,
    /// When the account was created, in milliseconds of Unix time.
    pub created_at: i64,
}

impl UsersPage {
    /// The page.
    pub fn markup(&self, frame: &Frame) -> Markup {
        let frame = &frame.at(frame.urls.users_page(&self.query, self.page));
        let words = frame.words();
        let title = words.t("users-title");
        let add =
            link_button(Look::Primary, &frame.urls.user_new(), &html! { (Icon::Plus.markup()) (words.t("user-add")) });
        let content = html! {
            (page_head(&title, &words.t("users-lead"), &add))
            (search(words, &frame.urls.users(), &words.t("users-search"), &self.query, &[]))
            @if self.rows.is_empty() {
                (empty_state(Icon::Users, &words.t("nothing-found"), &html! { p { (words.t("users-empty-advice")) } }))
            } @else {
                div.panel { (self.table(frame)) }
                @let address = |page| frame.urls.users_page(&self.query, page);
                (pagination(frame, self.page.max(1), self.page_size, self.total, address))
            }
        };
        layout::page(frame, Place::Users, &title, &content)
    }

    fn table(&self, frame: &Frame) -> Markup {
        let words = frame.words();
        html! {
            table.cards {
                thead {
                    tr {
                        @for key in ["name", "contact", "roles", "ways", "state", "created"] {
                            th scope="col" { (words.t(key)) }
                        }
                    }
                }
                tbody { @for row in &self.rows { (row.markup(frame)) } }
            }
        }
    }
}

impl UserRow {
    fn markup(&self, frame: &Frame) -> Markup {
        let words = frame.words();
        let state = if self.enabled { (Tone::Good, "state-enabled") } else { (Tone::Neutral, "state-disabled") };
        html! {
            tr {
                td.lead-cell {
                    div.named {
                        span.avatar aria-hidden="true" { (initials(&self.name)) }
                        div { a href=(frame.urls.user(&self.id)) { (self.name) } small { (self.username) } }
                    }
                }
                td data-label=(words.t("contact")) { (self.contact()) }
                td data-label=(words.t("roles")) {
                    span.badges {
                        @if self.roles.is_empty() { span.muted { "–" } }
                        @for role in &self.roles {
                            @let tone = if *role == Role::Administrator { Tone::Info } else { Tone::Neutral };
                            (badge(tone, &words.t(role.key())))
                        }
                    }
                }
                td data-label=(words.t("ways")) {
                    @if self.ways.is_empty() { span.muted { (words.t("no-ways")) } } @else { (words.list(&self.ways)) }
                }
                td data-label=(words.t("state")) { (badge(state.0, &words.t(state.1))) }
                td.nowrap data-label=(words.t("created")) { (moment(words, self.created_at)) }
            }
        }
    }

    fn contact(&self) -> Markup {
        html! {
            @match (&self.email, &self.phone) {
                (None, None) => span.muted { "–" },
                (email, phone) => span.lines {
                    @if let Some(email) = email { span { (email) } }
                    @if let Some(phone) = phone { span { (phone) } }
                }
            }
        }
    }
}
