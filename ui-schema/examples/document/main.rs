//! Prints the document of a sample form, as a host would serve it to a third-party renderer.
//!
//! ```text
//! cargo run -p ui-schema --example document -- [--language en|zh-CN] [--edit]
//! ```
//! `--edit` shows a form that was saved before: its secret is stored and its region is custom.

mod settings;

use std::io::Write;

use serde_json::json;
use settings::Settings;
use ui_schema::{Form, HostValues, Language};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let tag = arguments.iter().skip_while(|argument| *argument != "--language").nth(1);
    let language = tag.and_then(|tag| Language::from_tag(tag)).unwrap_or_default();
    let edit = arguments.iter().any(|argument| argument == "--edit");

    let form = Form::of::<Settings>();
    form.validate_definition()?;
    let mut host = HostValues {
        redirect_url: Some("https://admin.example.org/signin/example/callback".to_owned()),
        ..HostValues::default()
    };
    let mut data = json!({});
    if edit {
        host.stored_secrets.insert("client_secret".to_owned());
        data = json!({
            "client_id": "app-1a2b3c",
            "region": "custom",
            "login_url": "https://login.example.com",
            "api_url": "https://api.example.com/v1",
            "legacy_url": "https://legacy.example.com",
        });
    }
    let document = form.document(language, &host, &data);
    writeln!(std::io::stdout(), "{}", serde_json::to_string_pretty(&document)?)?;
    Ok(())
}
