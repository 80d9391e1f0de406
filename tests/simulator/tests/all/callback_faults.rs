//! Callbacks that come back wrong on request.

use dingtalk_simulator::{CallbackFault, Mutation};
use serde_json::json;

use super::support::{APP, CALLBACK, CORP, Reply, Rig, SECRET, send};

async fn sign_in(rig: &Rig) -> Reply {
    let query = format!(
        "client_id={APP}&redirect_uri={CALLBACK}&response_type=code&scope=openid+corpid&prompt=consent&state=s1"
    );
    send(rig.get(&format!("/oauth2/auth?{query}"))).await
}

async fn exchange(rig: &Rig, code: &str) -> Reply {
    let body = json!({"clientId": APP, "clientSecret": SECRET, "code": code, "grantType": "authorization_code"});
    rig.post_json("/v1.0/oauth2/userAccessToken", body).await
}

async fn bent(rig: &Rig, mutation: Mutation) -> Vec<(String, String)> {
    rig.sim.callback_fault(CallbackFault { times: Some(1), mutation });
    sign_in(rig).await.callback()
}

fn names(pairs: &[(String, String)]) -> Vec<&str> {
    pairs.iter().map(|(name, _)| name.as_str()).collect()
}

#[tokio::test]
async fn every_mutation_does_what_it_says_once() {
    let rig = Rig::start().await;
    rig.sim.set_auto_approve(Some("lin")).unwrap();
    assert_eq!(names(&bent(&rig, Mutation::CodeOnly).await), ["code", "state"]);
    assert_eq!(names(&bent(&rig, Mutation::AuthCodeOnly).await), ["authCode", "state"]);
    assert_eq!(names(&bent(&rig, Mutation::NoCode).await), ["state"]);
    assert_eq!(names(&bent(&rig, Mutation::NoState).await), ["code", "authCode"]);

    let differing = bent(&rig, Mutation::DifferingPair).await;
    assert_eq!(names(&differing), ["code", "authCode", "state"]);
    assert_ne!(differing[0].1, differing[1].1);
    assert_eq!(exchange(&rig, &differing[0].1).await.status, 200);
    assert_eq!(exchange(&rig, &differing[1].1).await.status, 200, "both are good, which is the trap");

    assert_eq!(names(&bent(&rig, Mutation::DuplicateCode).await), ["code", "code", "authCode", "state"]);
    assert_eq!(names(&bent(&rig, Mutation::DuplicateAuthCode).await), ["code", "authCode", "authCode", "state"]);
    let states = bent(&rig, Mutation::DuplicateState).await;
    assert_eq!((states[2].1.as_str(), states[3].1.as_str()), ("s1", "another"));
    assert_eq!(bent(&rig, Mutation::ChangedState { state: "s2".to_owned() }).await[2].1, "s2");
    let error = bent(&rig, Mutation::Error { reason: "<b>busy</b>".to_owned() }).await;
    assert_eq!(error, [("error".to_owned(), "<b>busy</b>".to_owned()), ("state".to_owned(), "s1".to_owned())]);

    assert_eq!(names(&sign_in(&rig).await.callback()), ["code", "authCode", "state"], "all used up");
}

#[tokio::test]
async fn the_organisation_of_the_token_can_be_wrong() {
    let rig = Rig::start().await;
    rig.sim.set_auto_approve(Some("lin")).unwrap();
    let other = bent(&rig, Mutation::OtherOrganisation { corp_id: "dingelsewhere".to_owned() }).await;
    assert_eq!(exchange(&rig, &other[0].1).await.text("corpId"), "dingelsewhere");
    let none = bent(&rig, Mutation::WithoutOrganisation).await;
    assert_eq!(exchange(&rig, &none[0].1).await.json().get("corpId"), None);
    let usual = sign_in(&rig).await.callback();
    assert_eq!(exchange(&rig, &usual[0].1).await.text("corpId"), CORP);
}

#[tokio::test]
async fn mutations_are_planned_over_http_too() {
    let rig = Rig::start().await;
    rig.sim.set_auto_approve(Some("lin")).unwrap();
    let body = json!({"mutation": {"kind": "changed_state", "state": "zzz"}});
    assert_eq!(rig.post_json("/_sim/callbacks", body.clone()).await.status, 201);
    for _ in 0..3 {
        assert_eq!(sign_in(&rig).await.callback()[2].1, "zzz", "without a number: all");
    }
    assert_eq!(send(rig.get("/_sim/callbacks")).await.json(), json!([body]));
    assert_eq!(send(rig.http.delete(rig.url("/_sim/callbacks"))).await.status, 204);
    assert_eq!(sign_in(&rig).await.callback()[2].1, "s1");
    let unknown = rig.post_json("/_sim/callbacks", json!({"mutation": {"kind": "explode"}})).await;
    assert_eq!(unknown.status, 400);
}
