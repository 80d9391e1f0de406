//! What the parts of an authenticator type that are beside the redirect must look like.

use std::collections::BTreeSet;

use ui_schema::{Field, Form, Role};

use super::{AuthenticatorType, ClientSignIn, KeyKind, Panel, Script};
use crate::{ResolveRequest, wellformed};

/// The most scripts, origins, settings, user agents or key kinds.
const MOST: usize = 16;

impl AuthenticatorType {
    /// The first rule that [`client`](Self::client), [`panel`](Self::panel) or [`keys`](Self::keys) breaks; a host
    /// refuses the type then. Their titles are judged with the other texts.
    pub fn broken_rule(&self) -> Option<&'static str> {
        let client = self.client.as_ref().and_then(|client| client.broken_rule(&self.form));
        let panel = || self.panel.as_ref().and_then(|panel| panel.broken_rule(&self.form));
        client.or_else(panel).or_else(|| broken_rule_of_keys(&self.keys))
    }
}

impl ClientSignIn {
    fn broken_rule(&self, form: &Form) -> Option<&'static str> {
        let mark = |mark: &String| (3..=64).contains(&mark.len()) && *mark == mark.to_ascii_lowercase();
        let query =
            |query: &str| query.len() <= 256 && query.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#');
        if !has(form, Role::Client) {
            Some("a client needs a field with the role `client` in the form")
        } else if self.user_agents.is_empty() || self.user_agents.len() > MOST || !self.user_agents.iter().all(mark) {
            Some("the client's user agents are one to sixteen parts in lower case, of at least three characters")
        } else if !self.link_query.as_deref().is_none_or(query) {
            Some("the client's link query is no query")
        } else {
            broken_rule_of_scripts(&self.scripts, &self.settings, form)
        }
    }
}

impl Panel {
    fn broken_rule(&self, form: &Form) -> Option<&'static str> {
        let upstream = |name: &String| form.field(name).is_some_and(|field| field.role == Some(Role::Upstream));
        let origins = self.script_origins.len() + self.frame_origins.len();
        if !has(form, Role::Embed) {
            Some("a panel needs a field with the role `embed` in the form")
        } else if origins > MOST || !self.script_origins.iter().chain(&self.frame_origins).all(|text| is_origin(text)) {
            Some("the panel's origins are at most sixteen like https://cdn.example.com")
        } else if !self.upstreams.iter().all(upstream) {
            Some("the panel's upstreams are no fields with the role `upstream`")
        } else {
            broken_rule_of_scripts(&self.scripts, &self.settings, form)
        }
    }
}

fn has(form: &Form, role: Role) -> bool {
    form.fields().iter().any(|field| field.role == Some(role))
}

fn broken_rule_of_scripts(scripts: &[Script], settings: &[String], form: &Form) -> Option<&'static str> {
    let names: BTreeSet<&str> = scripts.iter().map(|script| script.name.as_str()).collect();
    let open = |name: &String| form.field(name).is_some_and(|field: &Field| !field.is_secret());
    if scripts.is_empty() || scripts.len() > MOST || names.len() != scripts.len() {
        Some("there are one to sixteen scripts, each with a name of its own")
    } else if !names.into_iter().all(wellformed::is_id) {
        Some("a script's name is no identifier")
    } else if scripts.iter().any(|script| script.body.trim().is_empty() || script.body.len() > Script::CAP) {
        Some("a script is empty or larger than 512 KiB")
    } else if settings.len() > MOST || !settings.iter().all(open) {
        Some("a setting for the scripts is not in the form, or is a secret")
    } else {
        None
    }
}

fn broken_rule_of_keys(keys: &[KeyKind]) -> Option<&'static str> {
    let ids: BTreeSet<&str> = keys.iter().map(|key| key.id.as_str()).collect();
    if ids.len() != keys.len() || keys.len() > MOST {
        Some("two kinds of keys have one identifier, or there are more than sixteen")
    } else if !ids.iter().all(|id| wellformed::is_id(id)) || ids.contains(ResolveRequest::SUBJECT) {
        Some("the identifier of a kind of key is none")
    } else {
        None
    }
}

/// `https://` and a host name, nothing else.
fn is_origin(text: &str) -> bool {
    text.strip_prefix("https://").is_some_and(wellformed::is_host)
}

#[cfg(test)]
mod tests {
    use schemars::JsonSchema;
    use ui_schema::{Text, schemars};

    use super::*;

    #[derive(JsonSchema)]
    #[schemars(crate = "ui_schema::schemars")]
    #[expect(dead_code, reason = "only its description is of interest")]
    struct Settings {
        #[schemars(title = "Name", extend("x-zh-CN" = {"title": "名称"}))]
        name: String,
        #[schemars(title = "Secret", extend("writeOnly" = true, "x-zh-CN" = {"title": "密钥"}))]
        secret: String,
        #[serde(default)]
        #[schemars(title = "Client", extend("x-role" = "client", "x-zh-CN" = {"title": "客户端"}))]
        client: bool,
        #[serde(default)]
        #[schemars(title = "Panel", extend("x-role" = "embed", "x-zh-CN" = {"title": "面板"}))]
        panel: bool,
    }

    fn sample() -> AuthenticatorType {
        let text = || Text::new("Example", "示例");
        let script = Script { name: "sign-in".into(), body: "gatehouse.done({})".into() };
        let mut kind = AuthenticatorType::new("example", text(), text(), text(), Form::of::<Settings>());
        kind.client = Some(ClientSignIn {
            user_agents: vec!["example".into()],
            settings: vec!["name".into()],
            scripts: vec![script.clone()],
            link_query: Some("org=$ORG$".into()),
        });
        kind.panel = Some(Panel {
            settings: Vec::new(),
            scripts: vec![script],
            script_origins: vec!["https://cdn.example.com".into()],
            frame_origins: Vec::new(),
            upstreams: Vec::new(),
        });
        kind.keys = vec![KeyKind { id: "userid".into(), title: text(), stable: true }];
        kind
    }

    #[test]
    fn a_proper_type_breaks_no_rule() {
        assert_eq!(sample().broken_rule(), None);
    }

    #[test]
    fn every_part_has_its_rules() {
        let spoil: [fn(&mut AuthenticatorType); 12] = [
            |kind| kind.client.iter_mut().for_each(|client| client.user_agents.clear()),
            |kind| kind.client.iter_mut().for_each(|client| client.user_agents = vec!["Upper".into()]),
            |kind| kind.client.iter_mut().for_each(|client| client.settings.push("secret".into())),
            |kind| kind.client.iter_mut().for_each(|client| client.settings.push("nowhere".into())),
            |kind| kind.client.iter_mut().for_each(|client| client.scripts.clear()),
            |kind| kind.client.iter_mut().for_each(|client| client.link_query = Some("a=b#c".into())),
            |kind| kind.panel.iter_mut().for_each(|panel| panel.scripts[0].name = "../x".into()),
            |kind| kind.panel.iter_mut().for_each(|panel| panel.script_origins.push("https://a.b/c".into())),
            |kind| kind.panel.iter_mut().for_each(|panel| panel.frame_origins.push("http://a.example".into())),
            |kind| kind.panel.iter_mut().for_each(|panel| panel.upstreams.push("name".into())),
            |kind| kind.keys[0].id = "subject".into(),
            |kind| kind.keys.push(kind.keys[0].clone()),
        ];
        for (number, spoil) in spoil.into_iter().enumerate() {
            let mut kind = sample();
            spoil(&mut kind);
            assert!(kind.broken_rule().is_some(), "case {number}");
        }
    }
}
