//! How somebody signs in.

use dingtalk_simulator::Simulator;

use crate::{Client, Reply};

impl Client {
    /// Signs in with a password.
    pub async fn sign_in_with_password(&mut self, name: &str, password: &str) -> Reply {
        self.post("/signin/password", &[("identifier", name), ("password", password)]).await
    }

    /// Clicks the button of an authenticator; the reply leads to the provider.
    pub async fn click(&mut self, uid: &str) -> Reply {
        self.post(&format!("/signin/{uid}/start"), &[]).await
    }

    /// Clicks the button, is `person` at DingTalk, and comes back. Returns the answer to the callback.
    pub async fn sign_in_as(&mut self, world: &Simulator, uid: &str, person: &str) -> Reply {
        let address = self.go_to_provider(world, uid, person).await;
        self.get(&address).await
    }

    /// Clicks the button, is `person` at DingTalk, and returns the address that DingTalk sends the browser back to.
    pub async fn go_to_provider(&mut self, simulator: &Simulator, uid: &str, person: &str) -> String {
        let clicked = self.click(uid).await;
        assert_eq!(clicked.status, 303, "{}", clicked.page().text());
        simulator.set_auto_approve(Some(person)).unwrap();
        let sent_back = Client::elsewhere().get(&clicked.location()).await;
        assert!((300..400).contains(&sent_back.status), "{}", sent_back.body);
        sent_back.location()
    }
}
