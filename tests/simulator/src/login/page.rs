//! The page on which a person is chosen. In reality a QR code is scanned; here a name is clicked.

use maud::html;

use super::AuthRequest;
use super::grant::{Choice, choices};
use crate::pages::{Shape, Tongue, page};
use crate::world::Directory;

/// The page; every line is a form of its own, so that it works without JavaScript.
pub(super) fn choose(directory: &Directory, request: &AuthRequest, raw_query: &str, tongue: Tongue) -> String {
    let app = directory.app(&request.client_id).map_or("", |app| app.name.as_str());
    let content = html! {
        h1 { (tongue.say("Sign in with DingTalk", "使用钉钉登录")) }
        p.quiet { (tongue.say("to continue to", "以继续访问")) " " strong { (app) } }
        p { (tongue.say("Who are you?", "请选择身份：")) }
        ul.people {
            @for choice in choices(directory, request) {
                li { (line(directory, &choice, raw_query, tongue)) }
            }
        }
        form method="post" action="/oauth2/auth/approve" {
            input type="hidden" name="query" value=(raw_query);
            input type="hidden" name="decision" value="decline";
            button type="submit" { (tongue.say("Decline", "拒绝")) }
        }
    };
    let shape = if request.iframe { Shape::Frame } else { Shape::Card };
    page(tongue, tongue.say("Sign in with DingTalk", "使用钉钉登录"), shape, &content)
}

fn line(directory: &Directory, choice: &Choice<'_>, raw_query: &str, tongue: Tongue) -> maud::Markup {
    let person = choice.person;
    let chosen = choice.corp_id.map(|corp_id| directory.organisation_name(corp_id));
    html! {
        form method="post" action="/oauth2/auth/approve" {
            input type="hidden" name="query" value=(raw_query);
            input type="hidden" name="person" value=(person.id);
            @if let Some(corp_id) = choice.corp_id { input type="hidden" name="organisation" value=(corp_id); }
            button type="submit" data-person=(person.id) {
                span.face aria-hidden="true" { @if let Some(first) = person.nick.chars().next() { (first) } }
                span {
                    (person.nick)
                    @if let Some(name) = chosen { small { (name) } }
                    @if let Some(note) = &person.note { small { (tongue.say(&note.en, &note.zh)) } }
                }
            }
        }
    }
}
