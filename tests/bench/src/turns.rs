//! Plug-ins that come, go and take turns, while people sign in with another one.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hyper::header::{CONTENT_TYPE, COOKIE, ORIGIN, SET_COOKIE};
use hyper::{Method, Request, StatusCode};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::browser::Coding;
use crate::line::{Answer, Line};
use crate::stage::Stage;
use crate::{Outcome, people};

/// The plug-in that comes and goes: an example in many releases.
const ID: &str = "example-chameleon";
/// People who sign in over and over meanwhile.
const CROWD: usize = 4;

/// What came of it.
pub(crate) struct Turns {
    /// Sign-ins while the plug-in was switched off and on, and how many of them failed.
    pub(crate) toggling: [usize; 2],
    /// The same while its releases took turns.
    pub(crate) upgrading: [usize; 2],
    /// Growth of the host per upgrade, just afterwards, in KiB: the retired copy, and what the heap still keeps.
    pub(crate) kib_per_copy: f64,
}

/// Switches so many times, and lets so many different releases take over.
pub(crate) async fn measure(stage: &Stage, library: &Path, toggles: usize, upgrades: usize) -> Outcome<Turns> {
    let library = fs::read(library).map_err(|error| format!("{}: {error}", library.display()))?;
    let mut admin = Administrator::sign_in(stage).await?;
    admin.takes_over(stage, &release(&library, 0)?).await?;
    let toggling = beside_sign_ins(stage, async {
        for number in 0..toggles {
            let action = if number % 2 == 0 { "disable" } else { "enable" };
            let path = format!("/api/v1/plugins/{ID}/{action}");
            admin.ask(&path, &Value::Null).await?.expect_status(StatusCode::OK, action)?;
        }
        admin.ask(&format!("/api/v1/plugins/{ID}/enable"), &Value::Null).await?;
        Ok(())
    })
    .await?;
    let before = stage.product.program.memory()?;
    let upgrading = beside_sign_ins(stage, async {
        for number in 1..=upgrades {
            admin.takes_over(stage, &release(&library, number)?).await?;
        }
        Ok(())
    })
    .await?;
    tokio::time::sleep(crate::REST).await;
    let grown = stage.product.program.memory()?.saturating_sub(before);
    Ok(Turns { toggling, upgrading, kib_per_copy: grown as f64 / upgrades.max(1) as f64 })
}

/// Does `work` while people sign in. Says how often they did, and how often in vain.
async fn beside_sign_ins(stage: &Stage, work: impl Future<Output = Outcome<()>>) -> Outcome<[usize; 2]> {
    let (done, failed) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
    let mut crowd = JoinSet::new();
    for number in 0..CROWD {
        let (done, failed) = (Arc::clone(&done), Arc::clone(&failed));
        let mut browser = stage.product.browser(Coding::Plain).await?;
        crowd.spawn(async move {
            let mut count = 0;
            while !done.load(Ordering::Relaxed) {
                if browser.sign_in(&people::id(number)).await.is_err() {
                    failed.fetch_add(1, Ordering::Relaxed);
                }
                count += 1;
            }
            count
        });
    }
    let outcome = work.await;
    done.store(true, Ordering::Relaxed);
    let count = crowd.join_all().await.into_iter().sum();
    outcome?;
    Ok([count, failed.load(Ordering::Relaxed)])
}

/// The library in another version, so that its bytes are others too.
fn release(library: &[u8], number: usize) -> Outcome<Vec<u8>> {
    const WRITTEN: &[u8] = br#""version": "1.0.0""#;
    let version = format!(r#""version": "{}.{}.{}""#, 1 + number / 100, number / 10 % 10, number % 10);
    let mut library = library.to_vec();
    let places: Vec<usize> =
        library.windows(WRITTEN.len()).enumerate().filter(|(_, text)| *text == WRITTEN).map(|(at, _)| at).collect();
    for place in &places {
        library[*place..*place + WRITTEN.len()].copy_from_slice(version.as_bytes());
    }
    if places.is_empty() { Err("the example has no version".into()) } else { Ok(library) }
}

/// An administrator at the API.
struct Administrator {
    line: Line,
    origin: String,
    password: String,
    cookie: String,
}

impl Administrator {
    async fn sign_in(stage: &Stage) -> Outcome<Self> {
        let password = stage.kit.administrator("bench").await?;
        let line = Line::open(stage.product.address).await?;
        let origin = format!("http://{}", stage.product.address);
        let mut admin = Self { line, origin, password, cookie: String::new() };
        let body = json!({"identifier": "bench", "password": admin.password});
        admin.ask("/api/v1/session", &body).await?.expect_status(StatusCode::NO_CONTENT, "signing in")?;
        Ok(admin)
    }

    /// Installs the signed package of a library, and makes it the release that runs.
    async fn takes_over(&mut self, stage: &Stage, library: &[u8]) -> Outcome<()> {
        let package = stage.kit.package(library).await?;
        let body = json!({"package": STANDARD.encode(package), "password": self.password});
        let answer = self.ask("/api/v1/plugins", &body).await?.expect_status(StatusCode::CREATED, "installing")?;
        let plugin: Value = serde_json::from_slice(&answer.body)?;
        let sha256 = &plugin["releases"][0]["sha256"];
        let body = json!({"sha256": sha256, "password": self.password});
        let path = format!("/api/v1/plugins/{ID}/release");
        self.ask(&path, &body).await?.expect_status(StatusCode::OK, "taking over").map(drop)
    }

    async fn ask(&mut self, path: &str, body: &Value) -> Outcome<Answer> {
        let mut request = Request::builder().method(Method::POST).uri(path).header(ORIGIN, &self.origin);
        if !self.cookie.is_empty() {
            request = request.header(COOKIE, &self.cookie);
        }
        let text = if body.is_null() { String::new() } else { body.to_string() };
        if !text.is_empty() {
            request = request.header(CONTENT_TYPE, "application/json");
        }
        let answer = self.line.send(request.body(text)?).await?;
        // A password that was given makes another session.
        for field in answer.headers.get_all(SET_COOKIE) {
            let pair = field.to_str()?.split(';').next().unwrap_or_default();
            if pair.starts_with("__Host-gatehouse=") {
                self.cookie = pair.to_owned();
            }
        }
        Ok(answer)
    }
}
