//! Forms, seen from outside: from the struct that an author writes to what a person and a plug-in get.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod check;
mod definition;
mod document;
mod hostile;
mod needed;
#[path = "../../examples/document/settings.rs"]
mod settings;
mod values;

use serde_json::{Value, json};
use ui_schema::Form;

fn form() -> Form {
    Form::of::<settings::Settings>()
}

/// Complete settings with every field shown, as a JSON API client sends them.
fn complete() -> Value {
    json!({
        "sign_up": false,
        "client_id": "app-1a2b3c",
        "client_secret": "correct horse",
        "region": "custom",
        "login_url": "https://login.example.com",
        "api_url": "https://api.example.com/v1",
        "legacy_url": "http://127.0.0.1:8080",
        "organisation": "Example Ltd",
        "time_limit": 10,
    })
}

/// [`complete`] with one value changed; `null` takes it away.
fn with(name: &str, value: Value) -> Value {
    let mut data = complete();
    data[name] = value;
    data
}
