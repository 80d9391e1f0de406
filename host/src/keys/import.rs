//! Taking in links from another system: one line each, a username and the person's identifier there.

use std::collections::{BTreeMap, BTreeSet};

use plugin_api::Identity;
use serde_json::json;

use super::{LineFault, Refused, Subject, namespace_of};
use crate::app::App;
use crate::audit::{self, Entry};
use crate::store::bindings::BindingKey;
use crate::store::{Conn, binding_keys, users};
use crate::users::names;

/// Takes in the lines of `text`: `username,value`. Blank lines and lines that begin with `#` count for nothing. All
/// of them or none; a link that is there already for the same user is left as it is. Tells how many are new.
pub(crate) async fn import(
    app: &App,
    actor: &str,
    subject: &Subject,
    kind: &str,
    text: &str,
) -> Result<usize, Refused> {
    if !subject.knows(kind) {
        return Err(Refused::UnknownKind);
    }
    let lines = parse(text)?;
    let (inner, id, kind, actor) = (app.clone(), subject.authenticator.id.clone(), kind.to_owned(), actor.to_owned());
    let uid = subject.authenticator.uid.clone();
    app.store
        .write(move |conn| {
            Box::pin(async move {
                let links = match_up(conn, &id, &kind, &lines).await?;
                let now = inner.clock.now_ms();
                for (key, user_id) in &links {
                    binding_keys::insert(conn, key, &kind, user_id, &actor, now).await?;
                }
                let entry = Entry::new("authenticator.keys-imported").actor(&actor).subject(&uid);
                audit::insert(conn, &inner, entry.detail(json!({"kind": kind, "links": links.len()}))).await?;
                Ok(links.len())
            })
        })
        .await
}

/// A line: its number, the username, the identifier.
type Line = (usize, String, String);

fn parse(text: &str) -> Result<Vec<Line>, Refused> {
    let mut faults = Vec::new();
    let mut lines = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.trim().trim_start_matches('\u{feff}');
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        match line.split_once(',').map(|(name, value)| (name.trim(), value.trim())) {
            Some((name, value)) if !name.is_empty() && is_key(value) => {
                lines.push((index + 1, name.to_owned(), value.to_owned()));
            }
            _ => faults.push((index + 1, LineFault::Malformed)),
        }
    }
    if faults.is_empty() { Ok(lines) } else { Err(Refused::Lines(faults)) }
}

fn is_key(value: &str) -> bool {
    (1..=Identity::KEY_CAP).contains(&value.len()) && !value.chars().any(char::is_control)
}

/// The links that are not there yet.
async fn match_up(
    conn: &mut Conn,
    authenticator_id: &str,
    kind: &str,
    lines: &[Line],
) -> Result<Vec<(BindingKey, String)>, Refused> {
    let there: BTreeMap<String, String> = binding_keys::all(conn, authenticator_id)
        .await?
        .into_iter()
        .filter(|link| link.kind == kind)
        .map(|link| (link.subject, link.user_id))
        .collect();
    let (mut links, mut faults, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    for (number, name, value) in lines {
        let user = users::find_by_username(conn, &names::fold(name)).await?;
        match (user, there.get(value)) {
            (None, _) => faults.push((*number, LineFault::NoSuchUser)),
            _ if !seen.insert(value) => faults.push((*number, LineFault::Taken)),
            (Some(user), Some(holder)) if *holder == user.id => {}
            (Some(_), Some(_)) => faults.push((*number, LineFault::Taken)),
            (Some(user), None) => links.push((key(authenticator_id, kind, value), user.id)),
        }
    }
    if faults.is_empty() { Ok(links) } else { Err(Refused::Lines(faults)) }
}

fn key(authenticator_id: &str, kind: &str, value: &str) -> BindingKey {
    BindingKey {
        authenticator_id: authenticator_id.to_owned(),
        namespace: namespace_of(kind, ""),
        subject: value.to_owned(),
    }
}
