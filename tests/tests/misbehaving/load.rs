//! People who sign in, in every way there is, while something else goes wrong. None of them may notice.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use gatehouse_tests::{Client, World};
use serde_json::{Value, json};
use tokio::task::JoinHandle;

use super::add;

/// The three ways: a plug-in that calls a provider, a password, and a second plug-in.
const WAYS: usize = 3;

/// People who go on signing in until they are asked to stop.
pub(crate) struct Load {
    stop: Arc<AtomicBool>,
    rounds: [Arc<AtomicUsize>; WAYS],
    tasks: Vec<JoinHandle<()>>,
}

impl Load {
    /// Adds what people need to sign in with the second plug-in, and begins. The first one is set up already.
    pub(crate) async fn begin(world: &mut World) -> Self {
        world.enable("example-puppet").await;
        add(world, "puppet", "puppet", json!({"sign_up": true})).await;
        let (stop, rounds) = (Arc::<AtomicBool>::default(), <[Arc<AtomicUsize>; WAYS]>::default());
        let [dingtalk, password, puppet] = &rounds;
        let simulator = world.simulator.clone();
        let (browser, secret) = (world.browser(), world.admin_password.clone());
        let tasks = vec![
            repeat(&stop, dingtalk, world.browser(), async move |browser: &mut Client| {
                let reply = browser.sign_in_as(&simulator, "dingtalk", "lin").await;
                assert_eq!(reply.status, 303, "DingTalk: {}", reply.body);
            }),
            repeat(&stop, password, browser, async move |browser: &mut Client| {
                let reply = browser.sign_in_with_password("admin", &secret).await;
                assert_eq!(reply.status, 303, "password: {}", reply.body);
            }),
            repeat(&stop, puppet, world.browser(), sign_in_with_puppet),
        ];
        Self { stop, rounds, tasks }
    }

    /// Waits until everybody has signed in once more from now on.
    pub(crate) async fn once_more(&self) {
        for (round, task) in self.rounds.iter().zip(&self.tasks) {
            let before = round.load(Ordering::Relaxed);
            // The one that was under way, and a whole one.
            while round.load(Ordering::Relaxed) < before + 2 && !task.is_finished() {
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
        }
    }

    /// Stops; fails if anybody noticed anything.
    pub(crate) async fn end(self) {
        self.stop.store(true, Ordering::Relaxed);
        for task in self.tasks {
            task.await.expect("everybody signed in, always");
        }
    }
}

fn repeat(
    stop: &Arc<AtomicBool>,
    rounds: &Arc<AtomicUsize>,
    mut browser: Client,
    sign_in: impl AsyncFn(&mut Client) + Send + Sync + 'static,
) -> JoinHandle<()>
where
{
    let (stop, rounds) = (Arc::clone(stop), Arc::clone(rounds));
    tokio::spawn(async move {
        while !stop.load(Ordering::Relaxed) {
            browser.cookies.clear();
            sign_in(&mut browser).await;
            for page in ["/", "/signin", "/livez", "/readyz"] {
                let reply = browser.get(page).await;
                assert!(reply.status < 400, "{page}: {} {}", reply.status, reply.body);
            }
            rounds.fetch_add(1, Ordering::Relaxed);
        }
    })
}
