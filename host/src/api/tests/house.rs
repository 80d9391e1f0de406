//! A host in a temporary folder, and people in it.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::response::Response;
use http::header::{ACCEPT_LANGUAGE, CONTENT_TYPE, COOKIE, SET_COOKIE};
use http::{Method, Request, StatusCode};
use secrecy::SecretString;
use serde_json::Value;
use tower::ServiceExt;

use crate::app::{App, Core, StartFlags, Surroundings};
use crate::clock::{ManualClock, OsEntropy};
use crate::config::Config;
use crate::ui::role::Role;
use crate::users::service::{self, UserDraft};

pub(super) const PASSWORD: &str = "correct horse battery staple";

/// A host. Its folder goes when it goes.
pub(super) struct House {
    pub(super) app: App,
    router: Router,
    folder: PathBuf,
}

/// An answer, read to its end.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) body: Value,
    pub(super) text: String,
    /// The session that came with it, as a `Cookie` header.
    pub(super) cookie: Option<String>,
    pub(super) location: Option<String>,
}

impl House {
    pub(super) async fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("gatehouse-api-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = std::env::temp_dir().join(name);
        let config = Config {
            data_dir: folder.clone(),
            public_url: Some("https://gate.example.com/gate".into()),
            ..Config::default()
        };
        let surroundings = Surroundings {
            clock: Arc::new(ManualClock::new(1_767_323_045_000)),
            entropy: Arc::new(OsEntropy),
            program: "/bin/false".into(),
            start: StartFlags::default(),
        };
        let app = Core::open(config, surroundings).await.expect("the host opens");
        Self { router: crate::api::routes().with_state(app.clone()), app, folder }
    }

    /// Creates a user with [`PASSWORD`] and returns their id.
    pub(super) async fn user(&self, username: &str, role: Role) -> String {
        let draft = UserDraft {
            username: username.into(),
            roles: vec![role],
            password: Some(SecretString::from(PASSWORD)),
            ..UserDraft::default()
        };
        service::create(&self.app, "test", draft).await.expect("the user is created")
    }

    /// Creates a user and signs them in.
    pub(super) async fn session(&self, username: &str, role: Role) -> String {
        self.user(username, role).await;
        let body = format!(r#"{{"identifier": "{username}", "password": "{PASSWORD}"}}"#);
        self.ask("POST", "/api/v1/session", "", &body).await.cookie.expect("a session")
    }

    /// One request, with an empty cookie for nobody.
    pub(super) async fn ask(&self, method: &str, path: &str, cookie: &str, body: &str) -> Answer {
        self.ask_in("en", method, path, cookie, body).await
    }

    pub(super) async fn ask_in(&self, language: &str, method: &str, path: &str, cookie: &str, body: &str) -> Answer {
        let request = Request::builder()
            .method(Method::from_bytes(method.as_bytes()).expect("a method"))
            .uri(path)
            .header(ACCEPT_LANGUAGE, language)
            .header(COOKIE, cookie)
            .header(CONTENT_TYPE, "application/json")
            .body(Body::from(body.to_owned()))
            .expect("a request");
        Answer::read(self.router.clone().oneshot(request).await.expect("an answer")).await
    }
}

impl Answer {
    async fn read(response: Response) -> Self {
        let header = |name| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let cookie = header(SET_COOKIE).and_then(|line| Some(line.split_once(';')?.0.to_owned()));
        let location = header(http::header::LOCATION);
        let status = response.status();
        let bytes = to_bytes(response.into_body(), 1 << 20).await.expect("a body");
        let text = String::from_utf8(bytes.to_vec()).expect("text");
        Self { status, body: serde_json::from_str(&text).unwrap_or_default(), text, cookie, location }
    }

    /// The status, and the code of the error if there is one.
    pub(super) fn outcome(&self) -> (u16, &str) {
        (self.status.as_u16(), self.body["error"].as_str().unwrap_or_default())
    }
}

impl Drop for House {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
