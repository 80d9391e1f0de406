use super::*;
use crate::{PhoneNumber, Severity};
use ui_schema::Text;

#[test]
fn an_identity_needs_a_key_and_bounds() {
    let good = Identity { tenant: Some("t".into()), ..Identity::new("a".repeat(Identity::KEY_CAP)) };
    assert_eq!(good.broken_rule(), None);
    let phone =
        |number: String, country_code: Option<String>| Some(Claim::account(PhoneNumber { number, country_code }));
    let bad = [
        Identity::new(""),
        Identity::new("a\u{0}b"),
        Identity::new("a".repeat(Identity::KEY_CAP + 1)),
        Identity { tenant: Some(String::new()), ..good.clone() },
        Identity { phone: phone("1".repeat(65), None), ..good.clone() },
        Identity { phone: phone("1".into(), Some("8".repeat(9))), ..good.clone() },
        Identity { name: Some(Claim::account("n".repeat(Identity::TEXT_CAP + 1))), ..good.clone() },
        Identity { groups: vec![Claim::directory("g".into()); Identity::GROUP_CAP + 1], ..good.clone() },
    ];
    for identity in bad {
        assert_eq!(identity.clone().checked().unwrap_err().kind, FaultKind::Internal, "{:.80}", identity.subject);
    }
}

#[test]
fn an_address_is_printable_http() {
    let reply = |url: &str| BeginReply { authorize_url: url.into(), memo: Vec::new() };
    assert_eq!(reply("https://id.example/?a=%20").broken_rule(), None);
    assert_eq!(reply("http://127.0.0.1:9/").broken_rule(), None);
    for url in
        ["", "javascript:1", "//id.example", "https://id.example/ b", "https://id.example/\n", "https://例.example"]
    {
        assert!(reply(url).broken_rule().is_some(), "{url}");
    }
    assert!(
        BeginReply { memo: vec![0; BeginReply::MEMO_CAP + 1], ..reply("https://id.example") }.broken_rule().is_some()
    );
    assert!(reply(&format!("https://id.example/{}", "x".repeat(BeginReply::URL_CAP))).broken_rule().is_some());
}

#[test]
fn findings_are_few_and_short() {
    let message = Text::new("Good.", "良好。");
    let finding = Finding::new("x", Severity::Good, message);
    assert_eq!(vec![finding.clone(); 100].broken_rule(), None);
    assert!(vec![finding.clone(); 101].broken_rule().is_some());
    let remedy = Some(Text::new("x".repeat(5000), "很长"));
    assert!(vec![Finding { remedy, ..finding }].broken_rule().is_some());
}

#[test]
fn a_fault_does_not_flood_the_log() {
    let mut fault = Fault::new(FaultKind::BadAnswer, "你".repeat(5000)).with_provider_code("c".repeat(5000));
    fault.chain.extend(vec!["line".to_owned(); 100]);
    let fault = fault.clamped();
    assert!(fault.chain.len() == 32 && fault.chain[0].len() < 2100 && fault.chain[0].ends_with("你…"));
    assert!(fault.to_string().len() < 8000);
}
