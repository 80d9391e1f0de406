//! What a person does at the provider's, in the provider's own forms.

use gatehouse_tests::{Client, Page};
use url::Url;

/// Goes to `address`, signs in as `account`, agrees to everything, and returns where the provider then sends the browser:
/// an address of `home`.
pub(super) async fn signs_in(address: &str, account: &str, home: &str) -> String {
    let mut browser = Client::elsewhere();
    let mut here = Url::parse(address).unwrap();
    let mut reply = browser.get(here.as_str()).await;
    // The sign-in page, the consent page, and the redirects between.
    for _ in 0..12 {
        if reply.status == 200 {
            let page = reply.page();
            here = here.join(&page.attribute("form", "action").expect("a form")).unwrap();
            let fields = filled_in(&page, account);
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (&**name, &**value)).collect();
            reply = browser.post(here.as_str(), &fields).await;
            continue;
        }
        assert_eq!(reply.status, 303, "{}", reply.body);
        here = here.join(&reply.location()).unwrap();
        if here.as_str().starts_with(home) {
            return here.into();
        }
        reply = browser.get(here.as_str()).await;
    }
    panic!("the provider never sends the browser back");
}

/// The fields of the provider's form, with a name and a password where it asks for them.
fn filled_in(page: &Page, account: &str) -> Vec<(String, String)> {
    let mut fields = page.pairs("form input[name]");
    for (name, value) in &mut fields {
        match name.as_str() {
            "login" => *value = account.to_owned(),
            "password" => *value = "any".to_owned(),
            _ => {}
        }
    }
    fields
}
