//! What an administrator can find out: what a sign-in would come to, and why one was refused.

mod explanation;
mod kept;
mod rehearsal;
mod secret;

use std::collections::BTreeMap;

use gatehouse_tests::{Client, Reply, World};
use url::Url;

/// The number of 林小满, as an administrator enters it.
const LIN: &str = "+8613900000001";

/// An administrator's rehearsal up to the moment in which the provider sends the browser back.
async fn rehearsed_so_far(world: &mut World, uid: &str, person: &str) -> String {
    let reply = world.admin.post(&format!("/admin/authentication/{uid}/rehearse"), &[]).await;
    assert_eq!(reply.status, 303, "{}", reply.body);
    world.simulator.set_auto_approve(Some(person)).unwrap();
    Client::elsewhere().get(&reply.location()).await.location()
}

/// A whole rehearsal; the address of its report.
async fn rehearse(world: &mut World, uid: &str, person: &str) -> String {
    let back = rehearsed_so_far(world, uid, person).await;
    let reply = world.admin.get(&back).await;
    assert_eq!(reply.status, 303, "{}", reply.page().text());
    let address = reply.location();
    assert!(address.contains("/admin/rehearsals/"), "{address}");
    address
}

/// The report at `address` as the API has it.
async fn as_json(world: &mut World, address: &str) -> serde_json::Value {
    let reply = world.admin.get(&address.replace("/admin/", "/api/v1/")).await;
    assert_eq!(reply.status, 200, "{}", reply.body);
    reply.json()
}

/// Switches automatic sign-up off.
async fn no_sign_up(world: &mut World) {
    let form = [("settings.sign_up", "off"), ("settings.client_secret", "")];
    assert_eq!(world.change_authenticator("dingtalk", &form).await.status, 303);
}

/// The reference code on the page of a refusal.
fn code_of(refused: &Reply) -> String {
    refused.page().texts("code#reference").pop().unwrap_or_else(|| panic!("no code: {}", refused.page().text()))
}

/// The values of a query that are of use to a thief.
fn one_time_values(address: &str) -> Vec<String> {
    let url = Url::parse(address).unwrap();
    let names = ["code", "authCode", "state"];
    let pairs = url.query_pairs().filter(|(name, value)| names.contains(&&**name) && value.len() >= 8);
    pairs.map(|(_, value)| value.into_owned()).collect()
}

/// Every row of every table of the embedded database, as texts.
async fn dump(world: &World) -> BTreeMap<String, Vec<String>> {
    let mut tables = BTreeMap::new();
    for table in world.texts("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'").await {
        let columns =
            format!("SELECT group_concat('quote(\"' || name || '\")', '||''|''||') FROM pragma_table_info('{table}')");
        let columns = world.texts(&columns).await.remove(0);
        let rows = world.texts(&format!("SELECT {columns} FROM \"{table}\" ORDER BY 1")).await;
        tables.insert(table, rows);
    }
    tables
}
