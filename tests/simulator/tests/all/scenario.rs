//! Scenarios: the committed one, files, and what is refused.

use dingtalk_simulator::{Endpoint, Permission, Preset, Scenario, Simulator, StartError};
use serde_json::{Value, json};

fn small() -> Value {
    json!({
        "organisations": [{"corp_id": "c1", "name": "One"}],
        "apps": [{"client_id": "a1", "client_secret": "s", "name": "App", "corp_id": "c1", "redirect_urls": ["http://127.0.0.1/cb"]}],
        "people": [{"id": "p1", "nick": "P", "union_id": "u1", "memberships": {"c1": {"user_id": "m1", "name": "P"}}}]
    })
}

#[test]
fn the_demonstration_has_everybody() {
    let demo = Scenario::demo().unwrap();
    assert!(demo.people.len() >= 12);
    for phone in demo.people.iter().filter_map(|person| person.phone.as_ref()) {
        let number = phone.number.replace('*', "0");
        assert!(
            number.starts_with("1390000") || number.starts_with("20255501"),
            "{number} is not from a fictional range"
        );
    }
    let text = serde_json::to_string(&demo).unwrap();
    assert_eq!(Scenario::from_json(&text).unwrap(), demo, "written and read back");
}

#[test]
fn the_readme_names_everything() {
    let readme = include_str!("../../README.md");
    let quirks = serde_json::to_value(Scenario::default().quirks).unwrap();
    let endpoints = Endpoint::ALL.map(|endpoint| serde_json::to_value(endpoint).unwrap());
    let names = endpoints
        .iter()
        .map(|name| name.as_str().unwrap())
        .chain(quirks.as_object().unwrap().keys().map(String::as_str));
    for name in names.chain(Permission::ALL.map(Permission::code)) {
        assert!(readme.contains(&format!("`{name}`")), "{name}");
    }
    for preset in Preset::ALL.map(|preset| serde_json::to_value(preset).unwrap()) {
        assert!(readme.contains(&format!("`{}`", preset.as_str().unwrap())), "{preset}");
    }
}

#[test]
fn contradictions_are_refused_with_a_sentence() {
    assert!(Scenario::from_json(&small().to_string()).is_ok());
    let refused = |change: &dyn Fn(&mut Value)| {
        let mut scenario = small();
        change(&mut scenario);
        Scenario::from_json(&scenario.to_string()).unwrap_err().to_string()
    };
    let twice = |list: &'static str| {
        move |scenario: &mut Value| {
            let first = scenario[list][0].clone();
            scenario[list].as_array_mut().unwrap().push(first);
        }
    };
    assert_eq!(refused(&twice("apps")), r#"the Client ID "a1" occurs twice"#);
    assert_eq!(refused(&twice("people")), r#"the person id "p1" occurs twice"#);
    assert_eq!(refused(&|s| s["apps"][0]["corp_id"] = json!("c9")), r#"app a1 refers to "c9", which does not exist"#);
    assert_eq!(refused(&|s| s["auto_approve"] = json!("p9")), r#"auto_approve refers to "p9", which does not exist"#);
    assert_eq!(refused(&|s| s["people"][0]["union_id"] = json!("")), "a union id is empty");
    assert!(refused(&|s| s["apps"][0]["redirect_urls"] = json!(["cb"])).contains("not an absolute http or https URL"));
    assert!(refused(&|s| s["people"][0]["nickname"] = json!("x")).contains("unknown field `nickname`"));
    assert!(refused(&|s| s["apps"][0]["permissions"] = json!(["Contact.User.read"])).contains("unknown variant"));
    assert!(Scenario::load("/nowhere/at/all.json".as_ref()).unwrap_err().to_string().starts_with("cannot read"));
}

#[tokio::test]
async fn only_loopback_addresses_are_listened_on() {
    for address in ["0.0.0.0:0", "192.0.2.1:0", "[::]:0", "[::ffff:127.0.0.1]:0"] {
        let started = Simulator::start_on(address.parse().unwrap(), Scenario::default()).await;
        assert!(matches!(started, Err(StartError::NotLoopback(_))), "{address}");
    }
}

#[tokio::test]
async fn dropping_it_stops_it() {
    let simulator = Simulator::start(Scenario::default()).await.unwrap();
    let address = simulator.address();
    tokio::net::TcpStream::connect(address).await.unwrap();
    drop(simulator);
    for _ in 0..100 {
        if tokio::net::TcpStream::connect(address).await.is_err() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("still listening");
}
