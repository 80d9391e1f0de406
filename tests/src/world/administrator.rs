//! What the administrator does in it: plug-ins, authenticators, users.

use serde_json::{Value, json};

use super::form::{authenticator_form, merged};
use super::{CLIENT_ID, CLIENT_SECRET, World};
use crate::Reply;

impl World {
    /// Enables a plug-in as the administrator does.
    pub async fn enable(&mut self, plugin: &str) {
        let reply = self.admin.post(&format!("/admin/plugins/{plugin}/enable"), &[]).await;
        assert!(reply.location().contains("notice=plugin-enabled"), "{plugin}: {}", reply.location());
    }

    /// Adds an authenticator that speaks with the simulator, and registers its Redirect URL there.
    pub async fn add_authenticator(&mut self, uid: &str, sign_up: bool) {
        let base = self.simulator.base_url();
        self.add_authenticator_at(uid, sign_up, &base, CLIENT_SECRET).await;
        self.simulator.register_redirect(CLIENT_ID, &self.redirect_url(uid)).unwrap();
    }

    /// Adds an authenticator that speaks with the simulator and whose form says `more`, and registers its Redirect URL.
    pub async fn add_authenticator_with(&mut self, uid: &str, sign_up: bool, more: &[(&'static str, &str)]) {
        let base = self.simulator.base_url();
        let form = authenticator_form(uid, sign_up, &base, &base, CLIENT_SECRET);
        let reply = self.admin.post("/admin/authentication", &merged(&form, more)).await;
        assert_eq!(reply.status, 303, "{}", reply.page().text());
        self.simulator.register_redirect(CLIENT_ID, &self.redirect_url(uid)).unwrap();
    }

    /// Adds an authenticator whose interfaces are at `api`, with this Client Secret.
    pub async fn add_authenticator_at(&mut self, uid: &str, sign_up: bool, api: &str, secret: &str) {
        let login = self.simulator.base_url();
        let form = authenticator_form(uid, sign_up, &login, api, secret);
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let reply = self.admin.post("/admin/authentication", &form).await;
        assert_eq!(reply.status, 303, "{}", reply.page().text());
    }

    /// Saves the form of an authenticator again, with some fields changed.
    pub async fn change_authenticator(&mut self, uid: &str, changes: &[(&str, &str)]) -> Reply {
        let base = self.simulator.base_url();
        let form = authenticator_form(uid, true, &base, &base, CLIENT_SECRET);
        self.admin.post(&format!("/admin/authentication/{uid}"), &merged(&form, changes)).await
    }

    /// Does something with an authenticator: `enable`, `disable`, `delete`.
    pub async fn act(&mut self, uid: &str, action: &str) {
        let reply = self.admin.post(&format!("/admin/authentication/{uid}/{action}"), &[]).await;
        assert!(reply.location().contains(&format!("notice={action}d")), "{}", reply.location());
    }

    /// The Redirect URL of an authenticator.
    pub fn redirect_url(&self, uid: &str) -> String {
        format!("{}/signin/{uid}/callback", self.site)
    }

    /// Creates a local user with a phone, and returns their id.
    pub async fn add_user(&mut self, username: &str, phone: &str, roles: &[&str]) -> String {
        let body = json!({"username": username, "nickname": username, "phone": phone, "roles": roles});
        let reply = self.admin.json(reqwest::Method::POST, "/api/v1/users", Some(&body)).await;
        assert_eq!(reply.status, 201, "{}", reply.body);
        reply.json()["id"].as_str().unwrap().to_owned()
    }

    /// Locks a user out.
    pub async fn disable_user(&mut self, id: &str) {
        let reply = self.admin.json(reqwest::Method::POST, &format!("/api/v1/users/{id}/disable"), None).await;
        assert_eq!(reply.status, 200, "{}", reply.body);
    }

    /// All users, as the administrator sees them.
    pub async fn users(&mut self) -> Vec<Value> {
        let mut users = Vec::new();
        for page in 1.. {
            let reply = self.admin.get(&format!("/api/v1/users?page={page}")).await;
            let found = reply.json()["users"].as_array().unwrap_or_else(|| panic!("{}", reply.body)).clone();
            if found.is_empty() {
                break;
            }
            users.extend(found);
        }
        users
    }
}
