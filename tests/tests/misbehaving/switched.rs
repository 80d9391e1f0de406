//! Plug-ins are switched off and on while they are used.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use gatehouse_tests::{Client, World};

const TOGGLES: usize = 50;

/// Reads pages and signs in with a password, over and over; returns how many times.
async fn lives_on(mut browser: Client, password: String, stop: Arc<AtomicBool>) -> usize {
    let mut rounds = 0;
    while rounds == 0 || !stop.load(Ordering::Relaxed) {
        assert_eq!(browser.sign_in_with_password("admin", &password).await.status, 303);
        for page in ["/", "/admin/plugins", "/admin/authentication", "/admin/authentication/dingtalk", "/admin/users"] {
            let reply = browser.get(page).await;
            assert_eq!(reply.status, 200, "{page}: {}", reply.body);
        }
        rounds += 1;
    }
    rounds
}

/// Clicks the button over and over; returns the statuses.
async fn clicks_on(browser: Client, stop: Arc<AtomicBool>) -> BTreeSet<u16> {
    let mut statuses = BTreeSet::new();
    while statuses.is_empty() || !stop.load(Ordering::Relaxed) {
        let reply = browser.clone().click("dingtalk").await;
        assert!(
            reply.status == 303 || reply.page().texts("h1") == ["This way to sign in is switched off"],
            "{}",
            reply.body
        );
        statuses.insert(reply.status);
    }
    statuses
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_switches_disturb_nobody_else() {
    let mut world = World::signing_in().await;
    let stop = Arc::new(AtomicBool::new(false));
    let life = tokio::spawn(lives_on(world.browser(), world.admin_password.clone(), Arc::clone(&stop)));
    let clicks = tokio::spawn(clicks_on(world.browser(), Arc::clone(&stop)));
    for _ in 0..TOGGLES {
        let off = world.admin.post("/admin/plugins/auth-dingtalk/disable", &[]).await;
        assert!(off.location().contains("notice=plugin-disabled"), "{}", off.location());
        assert!(!world.browser().get("/signin").await.body.contains("/signin/dingtalk/start"), "at once");
        world.enable("auth-dingtalk").await;
        assert!(world.browser().get("/signin").await.body.contains("/signin/dingtalk/start"), "at once");
    }
    stop.store(true, Ordering::Relaxed);
    assert!(life.await.unwrap() > 0);
    assert!(clicks.await.unwrap().is_subset(&BTreeSet::from([303, 403])));
    let mut lin = world.browser();
    assert_eq!(lin.sign_in_as(&world.simulator, "dingtalk", "lin").await.status, 303);
    assert_eq!(copies(&world), 1, "the same bytes are mapped once, however often they are enabled");
}

/// How many private copies of libraries this process has mapped for a host.
fn copies(world: &World) -> usize {
    let folder = world.data_dir().join("plugins-run");
    let maps = std::fs::read_to_string("/proc/self/maps").unwrap();
    let paths = maps.lines().filter_map(|line| line.split_once('/')).map(|(_, path)| format!("/{path}"));
    paths.filter(|path| path.starts_with(&*folder.to_string_lossy())).collect::<BTreeSet<_>>().len()
}

/// A plug-in that is switched off in the middle of a sign-in lets the call that is under way come to its end, or the
/// person is told; the next one works again.
#[tokio::test(flavor = "multi_thread")]
async fn people_at_the_provider_come_back_to_a_sentence_or_a_session() {
    let mut world = World::signing_in().await;
    for switched_on_again in [false, true] {
        let mut browser = world.browser();
        let back = browser.go_to_provider(&world.simulator, "dingtalk", "lin").await;
        world.admin.post("/admin/plugins/auth-dingtalk/disable", &[]).await;
        if switched_on_again {
            world.enable("auth-dingtalk").await;
        }
        let reply = browser.get(&back).await;
        assert_eq!(reply.status, if switched_on_again { 303 } else { 403 }, "{}", reply.body);
        world.enable("auth-dingtalk").await;
    }
}
