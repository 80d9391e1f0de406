//! Who exists: a thousand people of one organisation, at the provider and in the host's database.

use std::fmt::Write;
use std::net::SocketAddr;

use dingtalk_simulator::{App, Membership, Organisation, Permission, Person, Phone, Scenario};
use serde_json::json;

use crate::Outcome;

/// How many there are.
pub(crate) const PEOPLE: usize = 1000;
/// The application that both programs sign in with.
pub(crate) const CLIENT_ID: &str = "dingbench0001";
pub(crate) const CLIENT_SECRET: &str = "bench-secret-0001-not-a-real-one";
const ORGANISATION: &str = "dingcorpbench0001";

/// The id of a person at the provider; any number will do.
pub(crate) fn id(number: usize) -> String {
    format!("person{:04}", number % PEOPLE)
}

/// What the simulator knows. `sites` are where people may be sent back to.
pub(crate) fn scenario(sites: &[SocketAddr]) -> Outcome<Scenario> {
    let redirect_urls: Vec<_> = sites.iter().map(|site| format!("http://{site}/signin/dingtalk/callback")).collect();
    let app: App = serde_json::from_value(json!({
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
        "name": "Bench",
        "corp_id": ORGANISATION,
        "redirect_urls": redirect_urls,
        "permissions": [Permission::ContactUserRead, Permission::ContactUserMobile],
    }))?;
    Ok(Scenario {
        organisations: vec![Organisation { corp_id: ORGANISATION.into(), name: "Bench".into() }],
        apps: vec![app],
        people: (0..PEOPLE).map(person).collect::<Outcome<_>>()?,
        ..Scenario::default()
    })
}

/// What the host is seeded with: the same people with their telephone numbers, the plug-in, the authenticator.
pub(crate) fn seed(provider: SocketAddr) -> Outcome<String> {
    let mut seed = String::from("[[plugins]]\nid = \"auth-dingtalk\"\nenabled = true\n\n");
    for number in 0..PEOPLE {
        let (username, phone) = (id(number), digits(number));
        writeln!(seed, "[[users]]\nusername = \"{username}\"\nnickname = \"{number}号\"\nphone = \"+86 {phone}\"\n")?;
    }
    write!(
        seed,
        "[[authenticators]]\nuid = \"dingtalk\"\ntype = \"dingtalk\"\ntitle.en = \"DingTalk\"\n\
         title.zh-CN = \"钉钉\"\nenabled = true\n\n\
         [authenticators.settings]\nsign_up = false\nclient_id = \"{CLIENT_ID}\"\nregion = \"custom\"\n\
         client_secret = {{ env = \"BENCH_CLIENT_SECRET\" }}\n\
         login_url = \"http://{provider}\"\napi_url = \"http://{provider}\"\nlegacy_url = \"http://{provider}\"\n"
    )?;
    Ok(seed)
}

fn person(number: usize) -> Outcome<Person> {
    let seat: Membership = serde_json::from_value(json!({"user_id": id(number), "name": format!("{number}号")}))?;
    Ok(Person {
        id: id(number),
        nick: format!("{number}号"),
        union_id: format!("Bench{number:04}iEiE"),
        phone: Some(Phone { number: digits(number), state_code: Some("86".into()) }),
        memberships: [(ORGANISATION.to_owned(), seat)].into(),
        ..Person::default()
    })
}

/// A mobile number of mainland China, national part.
fn digits(number: usize) -> String {
    format!("139{number:08}")
}
