//! Whose account it is (rows ID-1 to ID-9), and attempts on several nodes (rows OA-3, OA-4).

use std::time::{SystemTime, UNIX_EPOCH};

use dingtalk_simulator::{Endpoint, Fault, Permission, Phone};
use gatehouse::clock::ManualClock;
use gatehouse_tests::{CLIENT_SECRET, Client, Cluster, Options, Postgres, Process, Reply, World};
use tokio::task::JoinSet;

/// Who is signed in, by the id of the user.
async fn who(browser: &mut Client) -> String {
    let me = browser.get("/api/v1/me").await;
    assert_eq!(me.status, 200, "{}", me.body);
    me.json()["id"].as_str().unwrap().to_owned()
}

/// Signs in as a person who must succeed, and says which user that is.
async fn signed_in(world: &World, uid: &str, person: &str) -> String {
    let mut browser = world.browser();
    let reply = browser.sign_in_as(&world.simulator, uid, person).await;
    assert_eq!(reply.status, 303, "{}", reply.page().text());
    who(&mut browser).await
}

/// ID-1: once linked, the number no longer matters.
#[tokio::test(flavor = "multi_thread")]
async fn id_1_the_link_wins_over_the_phone() {
    let mut world = World::signing_in().await;
    let lin = world.add_user("lin", "+8613900000001", &["member"]).await;
    world.add_user("other", "+8613900000002", &["member"]).await;
    assert_eq!(signed_in(&world, "dingtalk", "lin").await, lin);
    let other = |number: &str| Phone { number: number.to_owned(), state_code: Some("86".into()) };
    world.simulator.update_person("lin", |person| person.phone = Some(other("13900000002"))).unwrap();
    assert_eq!(signed_in(&world, "dingtalk", "lin").await, lin, "another's number");
    world.simulator.update_person("lin", |person| person.phone = None).unwrap();
    assert_eq!(signed_in(&world, "dingtalk", "lin").await, lin, "no number");
    assert_eq!((world.rows("users").await, world.rows("bindings").await), (3, 1));
}

/// ID-1: the same person through another authenticator is another link.
#[tokio::test(flavor = "multi_thread")]
async fn id_1_links_belong_to_an_authenticator() {
    let mut world = World::signing_in().await;
    world.add_authenticator("second", false).await;
    let one = world.add_user("one", "+8613900000001", &["member"]).await;
    assert_eq!(signed_in(&world, "dingtalk", "lin").await, one);
    let two = world.add_user("two", "+8613900000077", &["member"]).await;
    let phone = Phone { number: "13900000077".into(), state_code: Some("86".into()) };
    world.simulator.update_person("lin", |person| person.phone = Some(phone)).unwrap();
    assert_eq!(signed_in(&world, "second", "lin").await, two);
    assert_eq!(signed_in(&world, "dingtalk", "lin").await, one);
    assert_eq!(world.rows("bindings").await, 2);
}

/// ID-3: however an administrator writes a number, the provider's person finds it.
#[tokio::test(flavor = "multi_thread")]
async fn id_3_every_spelling_of_a_phone_is_one_number() {
    const SPELLINGS: [&str; 12] = [
        "+86139000001NN",
        "+86 139 0000 01NN",
        "+86 139-0000-01NN",
        "0086139000001NN",
        "00 86 139 0000 01NN",
        "139000001NN",
        "  139 0000 01NN  ",
        "139.0000.01NN",
        "(+86) 139 0000 01NN",
        "＋８６１３９００００01NN",
        "１３９００００01NN",
        "+86（139）0000－01NN",
    ];
    let mut world = World::signing_in().await;
    for (index, spelling) in SPELLINGS.iter().enumerate() {
        let number = format!("139000001{index:02}");
        let entered = spelling.replace("NN", &format!("{index:02}"));
        let id = world.add_user(&format!("user-{index}"), &entered, &["member"]).await;
        let person = |person: &mut dingtalk_simulator::Person| {
            person.phone = Some(Phone { number: number.clone(), state_code: Some("86".into()) });
            person.union_id = format!("Spelling{index:02}iEiE");
        };
        world.simulator.update_person("lin", person).unwrap();
        assert_eq!(signed_in(&world, "dingtalk", "lin").await, id, "{entered}");
        let stored = world.admin.get(&format!("/api/v1/users/{id}")).await.json();
        assert_eq!(stored["phone"], format!("+86{number}"), "{entered}");
    }
    assert_eq!(world.rows("users").await, 13);
}

/// ID-3: however the provider writes a number, one canonical form is stored.
#[tokio::test(flavor = "multi_thread")]
async fn id_3_what_the_provider_writes_is_one_number() {
    const WRITTEN: [(&str, Option<&str>, &str); 8] = [
        ("13900000201", Some("86"), "+8613900000201"),
        ("13900000202", Some("+86"), "+8613900000202"),
        ("139 0000 0203", Some("86"), "+8613900000203"),
        ("13900000204", None, "+8613900000204"),
        ("+8613900000205", None, "+8613900000205"),
        ("+8613900000206", Some("86"), "+8613900000206"),
        ("2025550107", Some("1"), "+12025550107"),
        ("13900000201", Some("1"), "+113900000201"),
    ];
    let mut world = World::signing_in().await;
    for (index, (number, code, wanted)) in WRITTEN.iter().enumerate() {
        let person = |person: &mut dingtalk_simulator::Person| {
            person.phone = Some(Phone { number: (*number).to_owned(), state_code: code.map(str::to_owned) });
            person.union_id = format!("Written{index:02}iEiE");
        };
        world.simulator.update_person("lin", person).unwrap();
        let id = signed_in(&world, "dingtalk", "lin").await;
        let stored = world.admin.get(&format!("/api/v1/users/{id}")).await.json();
        assert_eq!(stored["phone"], *wanted, "{number} {code:?}");
    }
    assert_eq!(world.rows("users").await, 9, "no two of them are one person");
}

/// ID-9: whoever is created by signing in has the least role and no password of any kind.
#[tokio::test(flavor = "multi_thread")]
async fn id_9_a_created_user_cannot_sign_in_with_a_password() {
    let mut world = World::signing_in().await;
    let id = signed_in(&world, "dingtalk", "lin").await;
    let user = world.admin.get(&format!("/api/v1/users/{id}")).await.json();
    assert_eq!(user["roles"], serde_json::json!(["member"]));
    assert_eq!((&user["has_password"], &user["phone_verified"]), (&false.into(), &true.into()));
    let sessions = world.rows("sessions").await;
    let names = [user["username"].as_str().unwrap(), user["email"].as_str().unwrap(), "+8613900000001"];
    let passwords =
        ["", " ", "null", "NULL", "undefined", "password", "123456", names[0], "13900000001", "\0", "*", "!"];
    for name in names {
        for password in passwords {
            let mut browser = world.browser();
            let reply = browser.sign_in_with_password(name, password).await;
            assert_eq!((reply.status, browser.has_session()), (422, false), "{name} {password:?}");
        }
    }
    assert_eq!(world.rows("sessions").await, sessions);
}

/// ID-9: a member is no administrator.
#[tokio::test(flavor = "multi_thread")]
async fn id_9_a_created_user_cannot_administer() {
    let world = World::signing_in().await;
    let mut browser = world.browser();
    assert_eq!(browser.sign_in_as(&world.simulator, "dingtalk", "lin").await.status, 303);
    for path in ["/admin/plugins", "/admin/authentication", "/admin/users", "/admin/journal", "/api/v1/users"] {
        assert_eq!(browser.get(path).await.status, 403, "{path}");
    }
}

/// Two authenticators of one type side by side, each with its own application at the provider.
#[tokio::test(flavor = "multi_thread")]
async fn two_authenticators_of_one_type_keep_apart() {
    const OTHER_APP: &str = "dingdemobare0002";
    let mut world = World::signing_in().await;
    let base = world.simulator.base_url();
    world.add_authenticator_at("second", true, &base, CLIENT_SECRET).await;
    let other = [
        ("settings.client_id", OTHER_APP),
        ("settings.client_secret", "demo-secret-0002-not-a-real-one"),
        ("title.en", "Other office"),
    ];
    assert_eq!(world.change_authenticator("second", &other).await.status, 303);
    world.simulator.register_redirect(OTHER_APP, &world.redirect_url("second")).unwrap();
    world.simulator.set_permissions(OTHER_APP, Permission::ALL).unwrap();
    let page = world.browser().get("/signin").await.page();
    assert_eq!(page.texts("button.provider"), ["Continue with DingTalk", "Continue with Other office"]);
    for (uid, client_id) in [("dingtalk", "client_id=dingdemoclient0001&"), ("second", "client_id=dingdemobare0002&")] {
        let mut browser = world.browser();
        assert!(browser.click(uid).await.location().contains(client_id));
        // Both are under way in one browser at the same time.
        let first = browser.go_to_provider(&world.simulator, "dingtalk", "lin").await;
        let second = browser.go_to_provider(&world.simulator, "second", "zhou").await;
        assert_eq!(browser.clone().get(&first).await.status, 303);
        assert_eq!(browser.get(&second).await.status, 303);
    }
    world.act("second", "disable").await;
    assert_eq!(world.browser().get("/signin").await.page().texts("button.provider"), ["Continue with DingTalk"]);
    signed_in(&world, "dingtalk", "lin").await;
}

/// ID-8: fifty first sign-ins of one person, all of them at the provider at the same moment.
async fn fifty_at_once(nodes: &[World]) {
    const CROWD: usize = 50;
    let simulator = &nodes[0].simulator;
    let before = [nodes[0].rows("users").await, nodes[0].rows("sessions").await];
    simulator.fault(Endpoint::ContactUser, Fault::always().barrier("all").release_at(CROWD));
    let mut crowd = JoinSet::new();
    for index in 0..CROWD {
        let mut browser = nodes[index % nodes.len()].browser();
        let address = browser.go_to_provider(simulator, "dingtalk", "lin").await;
        crowd.spawn(async move {
            let reply = browser.get(&address).await;
            (reply.status, reply.body, browser)
        });
    }
    let mut people = std::collections::BTreeSet::new();
    for (status, body, mut browser) in crowd.join_all().await {
        assert_eq!(status, 303, "{body}");
        people.insert(who(&mut browser).await);
    }
    assert_eq!(people.len(), 1);
    let after = [nodes[0].rows("users").await, nodes[0].rows("sessions").await];
    assert_eq!(after, [before[0] + 1, before[1] + CROWD as i64]);
    assert_eq!(nodes[0].rows("bindings").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn id_8_fifty_parallel_first_sign_ins_make_one_user() {
    fifty_at_once(&[World::signing_in().await]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn id_8_fifty_parallel_first_sign_ins_on_three_nodes_make_one_user() {
    let Some(cluster) = Cluster::signing_in(3).await else { return };
    fifty_at_once(&cluster.nodes).await;
}

/// OA-3: one callback, fifty times at once, on three nodes: one exchange, one session.
#[tokio::test(flavor = "multi_thread")]
async fn oa_3_a_callback_counts_once_on_three_nodes() {
    let Some(cluster) = Cluster::signing_in(3).await else { return };
    let simulator = &cluster.nodes[0].simulator;
    let mut browser = cluster.nodes[0].browser();
    let address = browser.go_to_provider(simulator, "dingtalk", "lin").await;
    let sessions = cluster.nodes[0].rows("sessions").await;
    simulator.reset_counters();
    let mut crowd = JoinSet::new();
    for index in 0..50 {
        let (mut twin, address) = (cluster.moved(&browser, index % 3), address.clone());
        crowd.spawn(async move { twin.get(&address).await });
    }
    let replies: Vec<Reply> = crowd.join_all().await;
    let count = |status: u16| replies.iter().filter(|reply| reply.status == status).count();
    assert_eq!((count(303), count(400)), (1, 49));
    assert_eq!(simulator.counters().get(Endpoint::UserAccessToken), 1);
    assert_eq!(cluster.nodes[0].rows("sessions").await, sessions + 1);
}

/// OA-4: the node on which a sign-in began is killed; another one ends it.
#[tokio::test(flavor = "multi_thread")]
async fn oa_4_another_node_finishes_what_a_killed_one_began() {
    let Some(database) = Postgres::start() else { return };
    // The program has the machine's clock, so the node beside it has to have the same time.
    #[expect(clippy::disallowed_methods, reason = "a process outside of the test goes by this clock")]
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis();
    let clock = Some(ManualClock::new(i64::try_from(now).unwrap()));
    let mut world = World::with(Options { database_url: Some(database.url()), clock, ..Options::default() }).await;
    world.enable("auth-dingtalk").await;
    world.add_authenticator("dingtalk", true).await;
    let variables = [
        ("GATEHOUSE_PUBLIC_URL", world.site.as_str()),
        ("GATEHOUSE_DATABASE_URL", &world.database_url),
        ("GATEHOUSE_ALLOW_LOOPBACK_UPSTREAMS", "true"),
    ];
    let node = Process::serve(&world.data_dir(), &variables).await;
    let mut browser = Client::through(&world.site, &node.address);
    let address = browser.go_to_provider(&world.simulator, "dingtalk", "lin").await;
    node.kill().await;
    let mut elsewhere = world.browser();
    elsewhere.cookies.clone_from(&browser.cookies);
    assert_eq!(elsewhere.get(&address).await.location(), "/");
    assert!(elsewhere.has_session());
}

/// OA-4: ten minutes to the millisecond are still in time.
#[tokio::test(flavor = "multi_thread")]
async fn oa_4_ten_minutes_are_enough() {
    let world = World::signing_in().await;
    let mut browser = world.browser();
    let address = browser.go_to_provider(&world.simulator, "dingtalk", "lin").await;
    world.clock.advance(std::time::Duration::from_secs(600));
    assert_eq!(browser.get(&address).await.status, 303);
}

/// OA-7: the code under either name alone is a good callback.
#[tokio::test(flavor = "multi_thread")]
async fn oa_7_either_name_of_the_code_will_do() {
    use dingtalk_simulator::{CallbackFault, Mutation};
    let world = World::signing_in().await;
    for mutation in [Mutation::CodeOnly, Mutation::AuthCodeOnly] {
        world.simulator.callback_fault(CallbackFault { times: Some(1), mutation });
        signed_in(&world, "dingtalk", "lin").await;
    }
}
