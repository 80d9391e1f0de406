//! The console: what the developer console of DingTalk shows of an app, on one page that works without JavaScript.

use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Html;
use maud::{Markup, html};

use super::spoil;
use crate::pages::{Shape, Tongue, page};
use crate::scenario::{App, ContactType, Permission, Person};
use crate::world::{Directory, World};

pub(super) async fn show(State(world): State<Arc<World>>, headers: HeaderMap) -> Html<String> {
    Html(render(&world.directory(), Tongue::of(&headers), None))
}

/// The page, with a complaint about the form that was just sent.
pub(super) fn render(directory: &Directory, tongue: Tongue, complaint: Option<&str>) -> String {
    let title = tongue.say("DingTalk simulator", "钉钉模拟器");
    let content = html! {
        h1 { (title) }
        p.quiet {
            (tongue.say(
                "A stand-in for the developer console. Copy a Client ID and Secret into your application, and register your Redirect URL here.",
                "开发者后台的替身：将 Client ID 与 Client Secret 复制到你的应用，并在此注册重定向 URL。",
            ))
        }
        @if let Some(complaint) = complaint { p role="alert" { strong { (complaint) } } }
        (sign_in(directory, tongue))
        (spoil::form(tongue))
        h2 { (tongue.say("Apps", "应用")) }
        @for app in &directory.apps { (app_card(directory, app, tongue)) }
        h2 { (tongue.say("People", "人员")) }
        (people(directory, tongue))
    };
    page(tongue, title, Shape::Wide, &content)
}

fn sign_in(directory: &Directory, tongue: Tongue) -> Markup {
    html! {
        form.row method="post" action="/_sim/console/auto-approve" {
            label for="person" { (tongue.say("Sign in as", "登录身份")) }
            select #person name="person" {
                option value="" selected[directory.auto_approve.is_none()] { (tongue.say("whoever is chosen on the page", "在登录页上选择")) }
                @for person in &directory.people {
                    option value=(person.id) selected[directory.auto_approve.as_deref() == Some(&person.id)] { (person.nick) }
                }
            }
            button type="submit" { (tongue.say("Save", "保存")) }
        }
    }
}

fn app_card(directory: &Directory, app: &App, tongue: Tongue) -> Markup {
    html! {
        section data-app=(app.client_id) {
            h3 { (app.name) " " small { (directory.organisation_name(&app.corp_id)) } }
            div.scroll { table {
                tr { th { "Client ID" } td { code { (app.client_id) } } }
                tr { th { "Client Secret" } td { code { (app.client_secret) } } }
                tr { th { "CorpId" } td { code { (app.corp_id) } } }
                tr { th { (tongue.say("Redirect URLs", "重定向 URL")) } td { (redirect_urls(app, tongue)) } }
                tr { th { (tongue.say("Permissions", "权限")) } td { (permissions(app, tongue)) } }
            } }
        }
    }
}

fn redirect_urls(app: &App, tongue: Tongue) -> Markup {
    let field = |name: &str, value: &str| html! { input type="hidden" name=(name) value=(value); };
    html! {
        @for url in &app.redirect_urls {
            form.row method="post" action="/_sim/console/redirect-urls" {
                (field("client_id", &app.client_id)) (field("url", url)) (field("action", "remove"))
                code { (url) }
                button type="submit" { (tongue.say("Remove", "删除")) }
            }
        }
        form.row method="post" action="/_sim/console/redirect-urls" {
            (field("client_id", &app.client_id)) (field("action", "add"))
            input type="url" name="url" required placeholder="http://127.0.0.1:8080/callback"
                aria-label=(tongue.say("Redirect URL", "重定向 URL"));
            button.main type="submit" { (tongue.say("Register", "注册")) }
        }
    }
}

fn permissions(app: &App, tongue: Tongue) -> Markup {
    html! {
        form method="post" action="/_sim/console/permissions" {
            input type="hidden" name="client_id" value=(app.client_id);
            fieldset {
                @for permission in Permission::ALL {
                    label {
                        input type="checkbox" name="permission" value=(permission.code()) checked[app.may(permission)];
                        " " (permission.code()) " " small { (meaning(permission, tongue)) }
                    }
                }
            }
            button type="submit" { (tongue.say("Save permissions", "保存权限")) }
        }
    }
}

fn meaning(permission: Permission, tongue: Tongue) -> &'static str {
    match permission {
        Permission::ContactUserRead => tongue.say("personal profile", "通讯录个人信息读权限"),
        Permission::ContactUserMobile => tongue.say("personal phone number", "个人手机号信息"),
        Permission::Base => tongue.say("in-client sign-in", "企业内免登"),
        Permission::GetMember => tongue.say("read members", "成员信息读权限"),
        Permission::StaffMobile => tongue.say("members' phone numbers", "企业员工手机号信息"),
        Permission::StaffEmail => tongue.say("members' e-mail and the like", "邮箱等个人信息"),
        Permission::GetMemberByMobile => tongue.say("find members by phone number", "根据手机号获取成员信息"),
        Permission::OrgAccountMigrationRead => {
            tongue.say("accounts that became enterprise accounts", "通讯录企业账号迁移数据读权限")
        }
    }
}

fn people(directory: &Directory, tongue: Tongue) -> Markup {
    html! {
        div.scroll { table {
            thead { tr {
                th { "id" } th { (tongue.say("Nickname", "昵称")) } th { (tongue.say("Phone", "手机")) }
                th { (tongue.say("Organisations", "组织")) } th { (tongue.say("What for", "用途")) }
            } }
            tbody { @for person in &directory.people { (row(directory, person, tongue)) } }
        } }
    }
}

fn row(directory: &Directory, person: &Person, tongue: Tongue) -> Markup {
    html! {
        tr data-person=(person.id) {
            td { code { (person.id) } }
            td { (person.nick) }
            td {
                @match &person.phone {
                    Some(phone) => { @if let Some(code) = &phone.state_code { "+" (code) " " } (phone.number) }
                    None => { "–" }
                }
            }
            td {
                @for (corp_id, seat) in &person.memberships {
                    div {
                        (directory.organisation_name(corp_id))
                        @if seat.left { " (" (tongue.say("left", "已离职")) ")" }
                        @if seat.contact_type == ContactType::External { " (" (tongue.say("external contact", "外部联系人")) ")" }
                        @if !seat.active { " (" (tongue.say("not activated", "未激活")) ")" }
                    }
                }
            }
            td { @if let Some(note) = &person.note { (tongue.say(&note.en, &note.zh)) } }
        }
    }
}
