//! How the sign-in page differs inside a provider's client.

use http::{HeaderMap, Uri};
use maud::{Markup, html};
use url::form_urlencoded;

use super::Way;
use super::told::{self, Told};
use crate::session::cookie;
use crate::signin::page::input;
use crate::ui::Frame;
use crate::ui::components::{Look, Tone, alert, post_button};
use crate::ui::notice::Notice;
use crate::web::visitor::Visitor;

/// How the sign-in page differs inside a provider's client; not at all by default.
#[derive(Clone, Debug, Default)]
pub struct Inside {
    /// Why somebody whom the client named was not signed in.
    pub told: Option<Told>,
    /// Whose session is still there, if the client did not say who is. They may go on in it, but only if they say so.
    pub staying: Option<String>,
    /// The authenticator whose button asks the client again, if that may help.
    pub silent: Option<String>,
    /// Title of the authenticator, if the person whom it named can be connected after a sign-in with a password.
    pub connectable: Option<String>,
}

impl Inside {
    /// What this request says about it.
    pub(crate) fn of(visitor: &Visitor, uri: &Uri, headers: &HeaderMap) -> Self {
        let told = Told::of(uri);
        let comes_from_client = told.is_some() || visitor.notice.is_some_and(Notice::is_of_client);
        let visit = visitor.visit.as_ref().filter(|_| comes_from_client);
        let way = Way::of_browser(&visitor.app, headers).map(|way| way.authenticator);
        let named = way.as_ref().filter(|_| told.is_some() && cookie::read(headers, cookie::PENDING_LINK).is_some());
        Self {
            staying: visit.map(|visit| visit.nickname.clone()),
            connectable: named.map(|one| one.title.get(visitor.language).to_owned()),
            silent: way.filter(|_| told.is_none() && may_help(visitor.notice)).map(|one| one.uid.clone()),
            told,
        }
    }

    /// Whether there is something to read or to decide before anybody types a password.
    pub(crate) fn comes_first(&self) -> bool {
        self.told.is_some() || self.staying.is_some()
    }

    /// The address of the page that this is part of, so that it says the same when it is opened again.
    pub(crate) fn at(&self, address: String, notice: Option<Notice>) -> String {
        match (&self.told, notice) {
            (Some(told), _) => told.on(address),
            (None, Some(notice)) if self.silent.is_some() || notice.is_of_client() => notice.on(address),
            _ => address,
        }
    }

    /// What stands above the ways to sign in.
    pub(crate) fn markup(&self, frame: &Frame, redirect: Option<&str>) -> Markup {
        let words = frame.words();
        let values: Vec<_> = redirect.iter().map(|redirect| (input::REDIRECT, *redirect)).collect();
        html! {
            @if let Some(told) = &self.told { (told.markup(words)) }
            @if let Some(title) = &self.connectable {
                @let text = words.with("link-instead", &[("title", title.clone().into())]);
                (alert(Tone::Info, &html! { p { (text) } }))
            }
            @if let Some(name) = &self.staying {
                @let caption = words.with("client-stay", &[("name", name.clone().into())]);
                div.stack {
                    (post_button(Look::Plain, &frame.urls.sign_in(None), &values, &html! { (caption) }))
                    p.advice { (words.t("client-stay-help")) }
                }
            }
        }
    }
}

/// Whether a request for the sign-in page says that something went before: then the client is not asked again.
pub(crate) fn went_before(uri: &Uri) -> bool {
    let query = uri.query().unwrap_or_default();
    form_urlencoded::parse(query.as_bytes()).any(|(name, _)| name == Notice::PARAMETER || name == told::REFUSED)
}

/// Whether asking the client again may end otherwise. If not, the button goes to the provider's sign-in page.
const fn may_help(notice: Option<Notice>) -> bool {
    !matches!(notice, Some(Notice::ClientNotInClient | Notice::ClientUntrustedDomain | Notice::ClientWrongOrganisation))
}
