//! Every state of the client's page.

use serde_json::json;

use super::*;

impl ClientPage {
    pub(crate) fn samples() -> Vec<(&'static str, Self)> {
        let page = Self {
            uid: "example".into(),
            title: "Example".into(),
            settings: json!({"organisation": "a \"quoted\" <name> & more"}),
            scripts: vec!["/scripts/example/sign-in.0123456789abcdef.js".into()],
            redirect: Some("/admin/users?q=a&page=2".into()),
        };
        let long = Self {
            title: "The International Society for Very Long Names and Even Longer Titles".into(),
            redirect: None,
            ..page.clone()
        };
        vec![("page", page), ("long", long)]
    }
}
