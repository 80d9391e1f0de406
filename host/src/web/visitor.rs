//! Who is asking, and how they like their pages.

use std::net::IpAddr;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use http::header::ACCEPT_LANGUAGE;
use http::request::Parts;
use http::{HeaderMap, Uri};
use ui_schema::{Language, Text};

use super::peer::{self, Caller};
use super::problem::Problem;
use crate::app::App;
use crate::plugins::{Refused, State};
use crate::session::cookie;
use crate::session::guard::Visit;
use crate::store::users;
use crate::ui::frame::{Alarm, Counts, Frame, Person, Theme};
use crate::ui::notice::Notice;

/// Whoever asks, signed in or not.
#[derive(Clone)]
pub(crate) struct Visitor {
    pub(crate) app: App,
    pub(crate) language: Language,
    pub(crate) theme: Theme,
    pub(crate) notice: Option<Notice>,
    pub(crate) visit: Option<Arc<Visit>>,
    address: Option<IpAddr>,
}

/// Somebody who is signed in.
#[derive(Clone)]
pub(crate) struct Member {
    pub(crate) visitor: Visitor,
    pub(crate) visit: Arc<Visit>,
}

/// Somebody who is signed in and administers the platform.
#[derive(Clone)]
pub(crate) struct Administrator(pub(crate) Member);

impl Visitor {
    /// The visitor of a request.
    pub(crate) async fn of(app: &App, headers: &HeaderMap, uri: &Uri) -> Result<Self, Problem> {
        let visit = match cookie::read(headers, cookie::SESSION) {
            Some(presented) => app.guard.visit(presented, app.clock.now_ms()).await?,
            None => None,
        };
        Ok(Self { visit, ..Self::stranger(app, headers, uri) })
    }

    /// The visitor of a request whose session nobody has looked up.
    pub(crate) fn stranger(app: &App, headers: &HeaderMap, uri: &Uri) -> Self {
        let query = uri.query().unwrap_or_default();
        let notice = url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == Notice::PARAMETER);
        Self {
            app: app.clone(),
            language: language_of(headers),
            theme: cookie::read(headers, cookie::THEME).and_then(Theme::from_name).unwrap_or_default(),
            notice: notice.and_then(|(_, value)| Notice::from_name(&value)),
            visit: None,
            address: None,
        }
    }

    /// The visitor as a sign-in sees them.
    pub(crate) fn caller(&self) -> Caller {
        Caller {
            presented: self.visit.as_ref().map(|visit| visit.id_hash.clone()),
            address: self.address,
            channel: None,
        }
    }

    /// What surrounds a page for this visitor.
    pub(crate) fn frame(&self) -> Frame {
        let config = &self.app.config;
        let mut frame = Frame::new(self.language, self.app.urls.clone(), config.site_name.clone());
        frame.theme = self.theme;
        frame.notice = self.notice;
        frame.footer = config.notice.as_ref().map(|text| Text::new(text.clone(), text.clone()));
        frame.person =
            self.visit.as_ref().map(|visit| Person { name: visit.nickname.clone(), is_admin: visit.is_admin() });
        frame
    }
}

impl Administrator {
    /// What surrounds an administration page: with the numbers beside the menu.
    pub(crate) async fn frame(&self) -> Result<Frame, Problem> {
        let app = &self.0.visitor.app;
        let mut frame = self.0.visitor.frame();
        let users = {
            let mut conn = app.store.read().await?;
            users::count(&mut conn).await?
        };
        frame.alarms = alarms(app, self.language());
        frame.counts = Counts {
            users: u64::try_from(users).ok(),
            plugins: Some(app.registry.list().plugins.len() as u64),
            authenticators: Some(app.authenticators.all().len() as u64),
        };
        Ok(frame)
    }

    /// Whose doing it is, for the journal.
    pub(crate) fn id(&self) -> &str {
        &self.0.visit.user_id
    }

    pub(crate) fn app(&self) -> &App {
        &self.0.visitor.app
    }

    pub(crate) fn language(&self) -> Language {
        self.0.visitor.language
    }
}

/// What every administrator has to know about plug-ins.
fn alarms(app: &App, language: Language) -> Vec<Alarm> {
    let policy = app.registry.policy();
    let unsigned = policy.allow_unsigned.then_some(Alarm::UnsignedPlugins);
    let safe_mode = policy.safe_mode.then_some(Alarm::SafeMode);
    let listing = app.registry.list();
    let stopped = listing.plugins.iter().filter(|entry| matches!(entry.state, State::Failed(Refused::Wedged)));
    let stopped = stopped.map(|entry| match &entry.release {
        Some(release) => Alarm::PluginStopped(release.manifest.name.get(language).to_owned()),
        None => Alarm::PluginStopped(entry.id.clone()),
    });
    unsigned.into_iter().chain(safe_mode).chain(stopped).collect()
}

/// The chosen language, else the best one that the browser asks for (RFC 9110 section 12.5.4), else English.
pub(crate) fn language_of(headers: &HeaderMap) -> Language {
    if let Some(chosen) = cookie::read(headers, cookie::LANGUAGE).and_then(Language::from_tag) {
        return chosen;
    }
    let asked = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let weighed = asked.split(',').filter_map(|range| {
        let (tag, parameters) = range.split_once(';').unwrap_or((range, ""));
        let weight = parameters.trim().strip_prefix("q=").map_or(Some(1.0), |q| q.parse::<f32>().ok())?;
        // Zero says "not this one" (RFC 9110 section 12.4.2).
        (weight > 0.0).then_some((Language::from_tag(tag)?, weight))
    });
    // Of equal weights the first counts, so the comparison keeps the earlier one.
    weighed
        .reduce(|best, next| if next.1 > best.1 { next } else { best })
        .map(|(language, _)| language)
        .unwrap_or_default()
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let mut visitor = Self::of(app, &parts.headers, &original_uri(parts)).await?;
        visitor.address = peer::client(&parts.extensions, &parts.headers, &app.config.trusted_proxies);
        Ok(visitor)
    }
}

impl FromRequestParts<App> for Member {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let visitor = Visitor::from_request_parts(parts, app).await?;
        let visit = visitor.visit.clone().ok_or(Problem::SignInFirst)?;
        Ok(Self { visitor, visit })
    }
}

impl FromRequestParts<App> for Administrator {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let member = Member::from_request_parts(parts, app).await?;
        if member.visit.is_admin() { Ok(Self(member)) } else { Err(Problem::Forbidden) }
    }
}

/// The address as the browser sees it; a nested router shortens the other one.
fn original_uri(parts: &Parts) -> Uri {
    parts
        .extensions
        .get::<axum::extract::OriginalUri>()
        .map_or_else(|| parts.uri.clone(), |original| original.0.clone())
}
