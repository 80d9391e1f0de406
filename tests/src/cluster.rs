//! Several nodes behind one address, on one PostgreSQL database.

use std::time::Duration;

use gatehouse::clock::ManualClock;

use crate::{Client, Options, Postgres, World};

/// Nodes that share an address, a database, a master key and a clock. The provider is that of the first node.
pub struct Cluster {
    /// The nodes; only the first one has an administrator's browser.
    pub nodes: Vec<World>,
    // Stopped last.
    _database: Postgres,
}

impl Cluster {
    /// Starts `count` nodes, all of which can sign people in with `dingtalk`; none if PostgreSQL was left out.
    pub async fn signing_in(count: usize) -> Option<Self> {
        let database = Postgres::start()?;
        let clock = ManualClock::new(1_790_000_000_000);
        let mut options = Options {
            database_url: Some(database.url()),
            public_url: Some("https://gate.example".into()),
            clock: Some(clock),
            ..Options::default()
        };
        let mut nodes = vec![World::with(options.clone()).await];
        nodes[0].enable("auth-dingtalk").await;
        nodes[0].add_authenticator("dingtalk", true).await;
        options.key_of = Some(nodes[0].data_dir());
        while nodes.len() < count {
            let node = World::with(options.clone()).await;
            eventually("the button is there", async || {
                node.browser().get("/signin").await.body.contains("/signin/dingtalk/start")
            })
            .await;
            nodes.push(node);
        }
        Some(Self { nodes, _database: database })
    }

    /// The same browser, talking to another node from now on.
    pub fn moved(&self, browser: &Client, node: usize) -> Client {
        let mut moved = self.nodes[node].browser();
        moved.cookies.clone_from(&browser.cookies);
        moved.language = browser.language;
        moved
    }
}

/// Waits until something holds; half a minute without is a failure.
pub async fn eventually(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    for _ in 0..600 {
        if holds().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("half a minute passed before this held: {what}");
}
