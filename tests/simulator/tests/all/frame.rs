//! The page in a frame, and the script that shows it.

use dingtalk_simulator::{Endpoint, Fault, Preset};

use serde_json::json;

use super::support::{APP, CALLBACK, CORP, Reply, Rig, SECRET, send};

const SCRIPT: &str = "/dingding/h5-dingtalk-login/0.21.0/ddlogin.js";

fn query(more: &[(&str, &str)]) -> String {
    let pairs = [
        ("client_id", APP),
        ("redirect_uri", CALLBACK),
        ("response_type", "code"),
        ("scope", "openid corpid"),
        ("prompt", "consent"),
        ("state", "s1"),
    ];
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).extend_pairs(more).finish()
}

/// Chooses 林小满 on the page in a frame.
async fn choose(rig: &Rig) -> Reply {
    let query = query(&[("iframe", "true")]);
    send(rig.post_form("/oauth2/auth/approve", &[("query", &query), ("person", "lin")])).await
}

#[tokio::test]
async fn the_script_is_where_the_real_one_is() {
    let rig = Rig::start().await;
    let script = send(rig.get(SCRIPT)).await;
    assert_eq!((script.status, script.content_type.as_str()), (200, "application/javascript"));
    assert!(script.raw.contains("window.DTFrameLogin = function (frame, parameters, onSuccess, onError)"));
    assert_eq!(rig.sim.counters().get(Endpoint::LoginScript), 1);
    rig.sim.fault(Endpoint::LoginScript, Fault::next(1).preset(Preset::GatewayTimeout));
    assert_eq!(send(rig.get(SCRIPT)).await.status, 504);
    assert_eq!(send(rig.get("/dingding/h5-dingtalk-login/0.20.0/ddlogin.js")).await.status, 404);
}

#[tokio::test]
async fn outsiders_pass_the_page_only_when_it_is_told_to_let_them() {
    let rig = Rig::start().await;
    let pass = async |person: &str| {
        let query = query(&[("corpId", CORP)]);
        send(rig.post_form("/oauth2/auth/approve", &[("query", &query), ("person", person)])).await
    };
    for outsider in ["guest", "leaver", "stranger", "visitor"] {
        assert!(pass(outsider).await.raw.contains("data-code=\"11055\""), "{outsider}");
    }
    rig.sim.update(|scenario| scenario.quirks.lets_outsiders_pass = true).unwrap();
    for outsider in ["guest", "leaver", "stranger", "visitor"] {
        let code = pass(outsider).await.callback()[0].1.clone();
        let body = json!({"clientId": APP, "clientSecret": SECRET, "code": code, "grantType": "authorization_code"});
        let token = rig.post_json("/v1.0/oauth2/userAccessToken", body).await;
        assert_eq!(token.text("corpId"), CORP, "{outsider}");
    }
}

#[tokio::test]
async fn a_parent_can_be_told_more_than_once() {
    let rig = Rig::start().await;
    let told = async || choose(&rig).await.raw.matches("window.parent.postMessage(").count();
    assert_eq!(told().await, 1);
    rig.sim.update(|scenario| scenario.quirks.frame_messages = 2).unwrap();
    assert_eq!(told().await, 2);
}
