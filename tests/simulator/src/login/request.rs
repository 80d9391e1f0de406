//! The parameters of the authorize page, checked in full before anybody is asked anything.

use url::Url;

use super::Refusal;
use crate::front::Pairs;
use crate::scenario::App;
use crate::world::Directory;

/// Parameters that may occur once.
const KNOWN: [&str; 11] = [
    "client_id",
    "redirect_uri",
    "response_type",
    "scope",
    "prompt",
    "state",
    "org_type",
    "corpId",
    "exclusiveLogin",
    "exclusiveCorpId",
    "iframe",
];

/// A request that is in order.
#[derive(Debug)]
pub(super) struct AuthRequest {
    pub(super) client_id: String,
    pub(super) redirect_uri: String,
    pub(super) state: Option<String>,
    /// Scope `corpid`: the token will name the organisation that the person chose.
    pub(super) wants_organisation: bool,
    /// The organisation chosen in advance.
    pub(super) corp_id: Option<String>,
    /// Only organisations that the person administers.
    pub(super) management: bool,
    /// Enterprise accounts only.
    pub(super) exclusive: bool,
    /// Enterprise accounts of this organisation only.
    pub(super) exclusive_corp_id: Option<String>,
    /// The page is in a frame: the result goes to the parent window instead of the callback.
    pub(super) iframe: bool,
    /// How often the parent window is told of a success.
    pub(super) frame_messages: u8,
}

impl AuthRequest {
    pub(super) fn parse(directory: &Directory, query: &Pairs) -> Result<Self, Refusal> {
        let twice = KNOWN.into_iter().find(|name| query.0.iter().filter(|(key, _)| key == name).count() > 1);
        if let Some(name) = twice {
            return Err(Refusal::Parameter(name));
        }
        let client_id = query.filled("client_id").ok_or(Refusal::UnknownClient)?;
        let app = directory.app(client_id).ok_or(Refusal::UnknownClient)?;
        let redirect_uri = query.filled("redirect_uri").ok_or(Refusal::RedirectMismatch)?;
        if !is_registered(app, redirect_uri) {
            return Err(Refusal::RedirectMismatch);
        }
        exactly(query, "response_type", "code")?;
        let wants_organisation = match query.first("scope") {
            Some("openid") => false,
            Some("openid corpid") => true,
            _ => return Err(Refusal::Parameter("scope")),
        };
        exactly(query, "prompt", "consent")?;
        let request = Self {
            client_id: client_id.to_owned(),
            redirect_uri: redirect_uri.to_owned(),
            state: query.first("state").map(str::to_owned),
            wants_organisation,
            corp_id: query.filled("corpId").map(str::to_owned),
            management: flag(query, "org_type", "management")?,
            exclusive: flag(query, "exclusiveLogin", "true")?,
            exclusive_corp_id: query.filled("exclusiveCorpId").map(str::to_owned),
            iframe: query.first("iframe") == Some("true"),
            frame_messages: directory.quirks.frame_messages,
        };
        request.consistent()
    }

    /// What only works together.
    fn consistent(self) -> Result<Self, Refusal> {
        if self.corp_id.is_some() && !self.wants_organisation {
            return Err(Refusal::Parameter("corpId"));
        }
        if self.management && !self.wants_organisation {
            return Err(Refusal::Parameter("org_type"));
        }
        if self.exclusive_corp_id.is_some() && !self.exclusive {
            return Err(Refusal::Parameter("exclusiveCorpId"));
        }
        Ok(self)
    }
}

fn exactly(query: &Pairs, name: &'static str, value: &str) -> Result<(), Refusal> {
    if query.first(name) == Some(value) { Ok(()) } else { Err(Refusal::Parameter(name)) }
}

fn flag(query: &Pairs, name: &'static str, on: &str) -> Result<bool, Refusal> {
    match query.filled(name) {
        None | Some("false") => Ok(false),
        Some(value) if value == on => Ok(true),
        Some(_) => Err(Refusal::Parameter(name)),
    }
}

/// The whole URL must be registered; with host matching, its scheme and host.
fn is_registered(app: &App, redirect_uri: &str) -> bool {
    if !app.host_matching {
        return app.redirect_urls.iter().any(|url| url == redirect_uri);
    }
    let place = |text: &str| {
        let url = Url::parse(text).ok().filter(|url| url.fragment().is_none())?;
        Some((url.scheme().to_owned(), url.host_str()?.to_owned()))
    };
    let wanted = place(redirect_uri);
    wanted.is_some() && app.redirect_urls.iter().any(|url| place(url) == wanted)
}
