//! Every way to misbehave, against a host under a load of sign-ins: what the others see is nothing, and the card of the
//! one that misbehaves tells why.
//!
//! What ends the process in the middle of a call (an abort, a segmentation fault, an exit, no memory left) is not among
//! them: a library in this process has all its rights, and no host can take them away. The process ends, what it has
//! acknowledged is kept, and whoever watches over it starts it anew.

use std::fs;

use gatehouse_tests::{Culprit, Options, Signer, World, altered, eventually, example_plugin};
use serde_json::{Value, json};

use super::add;
use super::folder::drop_into;
use super::load::{let_people_in, while_people_sign_in};

/// What a library does when it is enabled, and the reason on its card.
const WHILE_LOADING: [(&str, &str, &str); 9] = [
    ("abort", "load", "probe-crashed"),
    ("segfault", "new", "probe-crashed"),
    ("exit", "types", "probe-crashed"),
    ("memory", "new", "probe-crashed"),
    ("output", "load", "probe-crashed"),
    ("loop", "load", "probe-timed-out"),
    ("sleep", "types", "probe-timed-out"),
    ("panic", "new", "cannot-open"),
    ("panic", "types", "bad-types"),
];

/// What a plug-in does when it is called.
const IN_CALLS: [&str; 3] = ["panic", "log", "huge"];

async fn world(libraries: Vec<std::path::PathBuf>) -> World {
    let libraries = libraries.into_iter().chain([example_plugin("puppet")]).collect();
    let mut world = World::with(Options { libraries, ..Options::default() }).await;
    let_people_in(&mut world).await;
    world
}

/// State and key of the reason of a plug-in.
async fn card(admin: &mut gatehouse_tests::Client, id: &str) -> (String, String) {
    let listed = admin.get("/api/v1/plugins").await.json();
    let one = listed["plugins"].as_array().unwrap().iter().find(|one| one["id"] == id).unwrap().clone();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    (text(&one["state"]), text(&one["reason"]["code"]))
}

#[tokio::test(flavor = "multi_thread")]
async fn pl_6_whatever_a_library_does_while_it_is_enabled() {
    let culprits = WHILE_LOADING.map(|(crime, when, _)| Culprit { crime, when, place: "both" });
    let mut libraries: Vec<_> = culprits.iter().map(Culprit::library).collect();
    libraries.push(altered(&example_plugin("smallest"), &[("cache_settle", "cache_bottle")], "other-layout"));
    let world = world(libraries).await;
    let mut admin = world.admin.clone();
    let trouble = async {
        let reasons = WHILE_LOADING.iter().map(|(_, _, reason)| *reason);
        let mut rows: Vec<(String, &str)> = culprits.iter().map(Culprit::id).zip(reasons).collect();
        rows.push(("example-smallest".to_owned(), "cannot-open"));
        for (id, reason) in rows {
            let reply = admin.post(&format!("/admin/plugins/{id}/enable"), &[]).await;
            assert!(!reply.location().contains("notice=plugin-enabled"), "{id}: {}", reply.location());
            let expected = ("failed".to_owned(), format!("plugin-refused-{reason}"));
            assert_eq!(card(&mut admin, &id).await, expected, "{id}");
        }
    };
    while_people_sign_in(&world, trouble).await;
}

/// Libraries that appear in the folder: for another processor, for another major version of the contract, signed by
/// nobody, and older than the one that runs.
#[tokio::test(flavor = "multi_thread")]
async fn pl_6_whatever_appears_in_the_folder() {
    let world = world(Vec::new()).await;
    let puppet = example_plugin("puppet");
    let mut elsewhere = fs::read(&puppet).unwrap();
    elsewhere[18] = 183; // e_machine: AArch64, where this is x86-64, or the other way round.
    if cfg!(target_arch = "aarch64") {
        elsewhere[18] = 62;
    }
    let other_api = altered(&puppet, &[("{\"api\":\"1.2\"", "{\"api\":\"2.0\"")], "other-api");
    let older = altered(&puppet, &[("\"version\": \"1.0.0\"", "\"version\": \"0.9.0\"")], "older");
    let mut admin = world.admin.clone();
    let trouble = async {
        drop_into(&world, "elsewhere.so", &elsewhere, 0o600);
        drop_into(&world, "other-api.so", &fs::read(other_api).unwrap(), 0o600);
        drop_into(&world, "unsigned.so", &fs::read(example_plugin("smallest")).unwrap(), 0o600);
        drop_into(&world, "older.tar.gz", &Signer::trusted().package(&fs::read(older).unwrap()).1, 0o600);
        let listed = admin.get("/api/v1/plugins").await.json();
        for (name, code) in [("elsewhere.so", "wrong-machine"), ("other-api.so", "wrong-api")] {
            let unreadable = listed["unreadable"].as_array().unwrap();
            let file = unreadable.iter().find(|file| file["name"] == name).unwrap_or_else(|| panic!("{listed}"));
            assert_eq!(file["reason"]["code"], format!("plugin-refused-{code}"), "{name}");
        }
        let reply = admin.post("/admin/plugins/example-smallest/enable", &[]).await;
        assert!(reply.location().contains("notice=plugin-failed"), "{}", reply.location());
        let unsigned = ("failed".to_owned(), "plugin-refused-package-unsigned".to_owned());
        assert_eq!(card(&mut admin, "example-smallest").await, unsigned);
        let plugins = listed["plugins"].as_array().unwrap();
        let puppet = plugins.iter().find(|one| one["id"] == "example-puppet").unwrap();
        assert_eq!((&puppet["state"], &puppet["file"]["version"]), (&json!("enabled"), &json!("1.0.0")), "{puppet}");
    };
    while_people_sign_in(&world, trouble).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pl_6_whatever_a_plug_in_does_in_a_call() {
    let culprits = IN_CALLS.map(|crime| Culprit { crime, when: "call", place: "host" });
    let mut world = world(culprits.iter().map(Culprit::library).collect()).await;
    for id in culprits.iter().map(Culprit::id) {
        world.enable(&id).await;
        add(&mut world, &id, &id, json!({})).await;
    }
    let trouble = async {
        for id in culprits.iter().map(Culprit::id) {
            for _ in 0..6 {
                let reply = world.browser().click(&id).await;
                assert!([500, 503].contains(&reply.status), "{id}: {} {}", reply.status, reply.body);
                assert!(!reply.headers.contains_key("set-cookie") && !reply.headers.contains_key("location"), "{id}");
            }
        }
    };
    while_people_sign_in(&world, trouble).await;
}

/// A plug-in whose threads hang gets a fresh copy once; then it is stopped, and says so on its card.
#[tokio::test(flavor = "multi_thread")]
async fn pl_6_a_plug_in_that_hangs_gets_one_fresh_copy() {
    let culprit = Culprit { crime: "loop", when: "call", place: "host" };
    let mut world = world(vec![culprit.library()]).await;
    let id = culprit.id();
    world.enable(&id).await;
    add(&mut world, &id, &id, json!({})).await;
    let mut admin = world.admin.clone();
    let trouble = async {
        for kind in ["plugin.revived", "plugin.stopped"] {
            let (one, two) = (&mut world.browser(), &mut world.browser());
            let told = tokio::join!(one.click(&id), two.click(&id));
            assert!([told.0.status, told.1.status].iter().all(|status| [500, 503].contains(status)), "{told:?}");
            eventually("the host did something about it", async || {
                let journal = admin.get(&format!("/api/v1/journal?kind={kind}")).await.json();
                journal["entries"].as_array().is_some_and(|entries| !entries.is_empty())
            })
            .await;
        }
        let expected = ("failed".to_owned(), "plugin-refused-wedged".to_owned());
        assert_eq!(card(&mut admin, &id).await, expected);
    };
    while_people_sign_in(&world, trouble).await;
}
