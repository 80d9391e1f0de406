//! `GET /oauth2/auth`, its page and its callback (protocol section 1).

use dingtalk_simulator::Endpoint;
use serde_json::json;

use super::support::{APP, CALLBACK, CORP, OTHER_APP, OTHER_CORP, Reply, Rig, SECRET, send};

/// The parameters of a request that is in order.
fn good() -> Vec<(&'static str, String)> {
    [
        ("client_id", APP),
        ("redirect_uri", CALLBACK),
        ("response_type", "code"),
        ("scope", "openid corpid"),
        ("prompt", "consent"),
        ("state", "st/a te+&=1"),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .to_vec()
}

fn with(name: &'static str, value: Option<&str>) -> Vec<(&'static str, String)> {
    let mut pairs: Vec<_> = good().into_iter().filter(|(known, _)| *known != name).collect();
    pairs.extend(value.map(|value| (name, value.to_owned())));
    pairs
}

fn query(pairs: &[(&str, String)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

async fn open(rig: &Rig, pairs: &[(&str, String)]) -> Reply {
    send(rig.get(&format!("/oauth2/auth?{}", query(pairs)))).await
}

async fn choose(rig: &Rig, pairs: &[(&str, String)], more: &[(&str, &str)]) -> Reply {
    let query = query(pairs);
    let form: Vec<(&str, &str)> = [("query", query.as_str())].into_iter().chain(more.iter().copied()).collect();
    send(rig.post_form("/oauth2/auth/approve", &form)).await
}

fn reason(reply: &Reply) -> (u16, String) {
    let text = reply.raw.split("data-reason=\"").nth(1).unwrap_or_else(|| panic!("no refusal: {}", reply.raw));
    (reply.status, text.split('"').next().unwrap().to_owned())
}

#[tokio::test]
async fn the_page_offers_people_and_a_way_out() {
    let rig = Rig::start().await;
    let reply = open(&rig, &good()).await;
    assert_eq!((reply.status, reply.content_type.as_str()), (200, "text/html;charset=utf-8"));
    for id in ["lin", "amy", "guest", "stranger"] {
        assert!(reply.raw.contains(&format!("data-person=\"{id}\"")), "{id}");
    }
    assert!(reply.raw.contains("value=\"decline\"") && reply.raw.contains("Demo app"));
    assert!(reply.raw.contains("&lt;b&gt;Bob&lt;/b&gt;") && !reply.raw.contains("<b>Bob"), "names are text");
    let chinese =
        send(rig.get(&format!("/oauth2/auth?{}", query(&good()))).header("accept-language", "zh-CN,en")).await;
    assert!(chinese.raw.contains("使用钉钉登录") && chinese.raw.contains("lang=\"zh-Hans\""));
}

#[tokio::test]
async fn a_choice_leads_back_with_the_code_under_both_names() {
    let rig = Rig::start().await;
    let reply = choose(&rig, &good(), &[("person", "lin")]).await;
    assert_eq!(reply.status, 303);
    let location = reply.location.clone().unwrap();
    assert!(location.starts_with(&format!("{CALLBACK}?code=")), "{location}");
    assert!(location.ends_with("&state=st%2Fa%20te%2B%26%3D1"), "{location}");
    let pairs = reply.callback();
    assert_eq!(pairs.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["code", "authCode", "state"]);
    assert_eq!(pairs[0].1, pairs[1].1);
    assert_eq!(pairs[2].1, "st/a te+&=1");

    let body = json!({"clientId": APP, "clientSecret": SECRET, "code": pairs[0].1, "grantType": "authorization_code"});
    assert_eq!(rig.post_json("/v1.0/oauth2/userAccessToken", body).await.text("corpId"), CORP);
}

#[tokio::test]
async fn declining_leads_back_with_an_error() {
    let rig = Rig::start().await;
    let reply = choose(&rig, &good(), &[("decision", "decline")]).await;
    assert_eq!(reply.location.unwrap(), format!("{CALLBACK}?error=access_denied&state=st%2Fa%20te%2B%26%3D1"));
}

#[tokio::test]
async fn automatic_approval_needs_no_page() {
    let rig = Rig::start().await;
    rig.sim.set_auto_approve(Some("lin")).unwrap();
    let reply = open(&rig, &with("state", None)).await;
    assert_eq!(reply.status, 302);
    assert_eq!(reply.callback().len(), 2, "no state came, none goes back");
    assert_eq!(rig.sim.counters().get(Endpoint::Authorize), 1);
    rig.sim.set_auto_approve(None).unwrap();
    assert_eq!(open(&rig, &good()).await.status, 200);
}

#[tokio::test]
async fn what_is_wrong_with_the_request_stays_on_the_page() {
    let rig = Rig::start().await;
    rig.sim.set_auto_approve(Some("lin")).unwrap();
    let rows = [
        (with("client_id", None), "unknown_client"),
        (with("client_id", Some("dingnobody")), "unknown_client"),
        (with("redirect_uri", None), "redirect_uri"),
        (with("redirect_uri", Some("http://127.0.0.1:8080/other")), "redirect_uri"),
        (with("redirect_uri", Some("http://127.0.0.1:8080/callback/")), "redirect_uri"),
        (with("redirect_uri", Some("http://127.0.0.1:8080/callback?x=1")), "redirect_uri"),
        (with("redirect_uri", Some("https://evil.example/callback")), "redirect_uri"),
        (with("response_type", None), "response_type"),
        (with("response_type", Some("token")), "response_type"),
        (with("scope", None), "scope"),
        (with("scope", Some("corpid openid")), "scope"),
        (with("scope", Some("openid profile")), "scope"),
        (with("scope", Some("openid Contact.User.mobile")), "scope"),
        (with("prompt", None), "prompt"),
        (with("prompt", Some("login")), "prompt"),
        (with("org_type", Some("everything")), "org_type"),
        (with("corpId", Some("dingnowhere")), "not_in_organisation"),
        (with("corpId", Some(OTHER_CORP)), "not_in_organisation"),
        (with("exclusiveCorpId", Some(CORP)), "exclusiveCorpId"),
    ];
    for (pairs, expected) in rows {
        let reply = open(&rig, &pairs).await;
        assert_eq!((reason(&reply), &reply.location), ((400, expected.to_owned()), &None), "{pairs:?}");
    }
    for once in ["client_id", "redirect_uri", "state", "scope"] {
        let mut pairs = good();
        pairs.push((once, "again".to_owned()));
        assert_eq!(reason(&open(&rig, &pairs).await), (400, once.to_owned()));
    }
    let mut narrow = with("scope", Some("openid"));
    narrow.push(("corpId", CORP.to_owned()));
    assert_eq!(reason(&open(&rig, &narrow).await).1, "corpId");
}

#[tokio::test]
async fn known_codes_are_shown() {
    let rig = Rig::start().await;
    let unknown = open(&rig, &with("client_id", Some("dingnobody"))).await;
    assert!(unknown.raw.contains("data-code=\"900103\"") && unknown.raw.contains("Application does not exist"));
    let outsider = choose(&rig, &with("corpId", Some(CORP)), &[("person", "stranger")]).await;
    assert!(outsider.raw.contains("data-code=\"11055\""));
}

#[tokio::test]
async fn the_organisation_is_the_one_that_was_chosen() {
    let rig = Rig::start().await;
    let corp = async |pairs: Vec<(&str, String)>, person: &str, chosen: &str| {
        let reply = choose(&rig, &pairs, &[("person", person), ("organisation", chosen)]).await;
        let Some((_, code)) = reply.location.as_ref().and_then(|_| reply.callback().into_iter().next()) else {
            return reason(&reply).1;
        };
        let body = json!({"clientId": APP, "clientSecret": SECRET, "code": code, "grantType": "authorization_code"});
        let token = rig.post_json("/v1.0/oauth2/userAccessToken", body).await.json();
        token.get("corpId").map_or("none".to_owned(), |value| value.as_str().unwrap().to_owned())
    };
    assert_eq!(corp(good(), "both", "").await, CORP, "the app's own");
    assert_eq!(corp(good(), "both", OTHER_CORP).await, OTHER_CORP);
    assert_eq!(corp(good(), "stranger", "").await, OTHER_CORP, "people of other organisations pass");
    assert_eq!(corp(good(), "visitor", "").await, "not_in_organisation");
    assert_eq!(corp(good(), "guest", CORP).await, "not_in_organisation", "an external contact is no member");
    assert_eq!(corp(good(), "leaver", CORP).await, "not_in_organisation");
    assert_eq!(corp(good(), "nobody", "").await, "unknown_person");
    assert_eq!(corp(with("scope", Some("openid")), "visitor", "").await, "none");
    assert_eq!(corp(with("corpId", Some(CORP)), "both", OTHER_CORP).await, CORP, "as demanded, not as chosen");
    assert_eq!(corp(with("org_type", Some("management")), "both", "").await, OTHER_CORP, "where she is administrator");
    assert_eq!(corp(with("org_type", Some("management")), "lin", "").await, "not_in_organisation");
    assert_eq!(corp(with("exclusiveLogin", Some("true")), "silent", "").await, CORP);
    assert_eq!(corp(with("exclusiveLogin", Some("true")), "lin", "").await, "not_in_organisation");
}

#[tokio::test]
async fn an_app_may_be_closed_to_other_organisations() {
    let rig = Rig::start().await;
    rig.sim.register_redirect(OTHER_APP, CALLBACK).unwrap();
    let request = with("client_id", Some(OTHER_APP));
    assert_eq!(reason(&choose(&rig, &request, &[("person", "lin")]).await).1, "not_in_organisation");
    assert_eq!(choose(&rig, &request, &[("person", "both")]).await.status, 303);
}

#[tokio::test]
async fn redirect_urls_match_exactly_or_by_host() {
    let rig = Rig::start().await;
    rig.sim.set_auto_approve(Some("lin")).unwrap();
    let elsewhere = with("redirect_uri", Some("http://127.0.0.1:54321/other/path?from=here"));
    assert_eq!(reason(&open(&rig, &elsewhere).await).1, "redirect_uri");
    rig.sim.update_app(APP, |app| app.host_matching = true).unwrap();
    let reply = open(&rig, &elsewhere).await;
    let location = reply.location.clone().unwrap();
    assert!(
        location.starts_with("http://127.0.0.1:54321/other/path?from=here&code="),
        "its own query stays: {location}"
    );
    for wrong in [
        "https://127.0.0.1/x",
        "http://localhost:8080/callback",
        "http://127.0.0.1.evil.example/",
        "nonsense",
        "http://127.0.0.1/#x",
    ] {
        assert_eq!(reason(&open(&rig, &with("redirect_uri", Some(wrong))).await).1, "redirect_uri", "{wrong}");
    }
    rig.sim.unregister_redirect(APP, CALLBACK).unwrap();
    assert_eq!(reason(&open(&rig, &good()).await).1, "redirect_uri");
}

#[tokio::test]
async fn a_plus_in_the_scope_is_a_space() {
    let rig = Rig::start().await;
    let raw = query(&with("scope", None));
    assert_eq!(send(rig.get(&format!("/oauth2/auth?{raw}&scope=openid+corpid"))).await.status, 200);
    assert_eq!(send(rig.get(&format!("/oauth2/auth?{raw}&scope=openid%20corpid"))).await.status, 200);
}

#[tokio::test]
async fn a_frame_tells_its_parent() {
    let rig = Rig::start().await;
    let framed = with("iframe", Some("true"));
    let reply = choose(&rig, &framed, &[("person", "lin")]).await;
    assert_eq!((reply.status, &reply.location), (200, &None));
    assert!(
        reply.raw.contains(&format!("window.parent.postMessage({{\"success\":true,\"redirectUrl\":\"{CALLBACK}?code="))
    );
    let mut demanding = framed;
    demanding.push(("corpId", OTHER_CORP.to_owned()));
    let reply = choose(&rig, &demanding, &[("person", "lin")]).await;
    assert!(
        reply.raw.contains(r#"{"success":false,"errorMsg":"操作失败，你不在组织内","errorCode":11055}"#),
        "{}",
        reply.raw
    );
}
