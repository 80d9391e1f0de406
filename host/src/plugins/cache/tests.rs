use super::*;

const MINUTE: Duration = Duration::from_secs(60);

fn at(key: &str) -> Place {
    Place::of("a", key)
}

fn lease(cache: &Cache, key: &str) -> u64 {
    match cache.claim(&at(key), 0) {
        Claim::Lease(lease) => lease,
        _ => panic!("no lease for {key}"),
    }
}

fn put(cache: &Cache, key: &str, time_to_live: Duration) {
    let lease = lease(cache, key);
    cache.settle(&at(key), lease, Some((key.into(), time_to_live)), 0);
}

fn hit(cache: &Cache, authenticator: &str, key: &str, now_ms: i64) -> bool {
    matches!(cache.claim(&Place::of(authenticator, key), now_ms), Claim::Hit(_))
}

#[test]
fn values_live_for_their_time_in_their_partition() {
    let cache = Cache::default();
    put(&cache, "token", MINUTE);
    assert!(hit(&cache, "a", "token", 59_999));
    assert!(!hit(&cache, "b", "token", 0), "another authenticator's");
    assert!(!hit(&cache, "a", "token", 60_000), "expired");
}

#[tokio::test]
async fn one_makes_the_value_and_the_others_wait() {
    let cache = Cache::default();
    let first = lease(&cache, "token");
    let Claim::Taken(change) = cache.claim(&at("token"), 0) else { panic!("taken twice") };
    cache.settle(&at("token"), first, None, 0);
    change.await;
    let second = lease(&cache, "token");
    cache.settle(&at("token"), first, Some((b"late".to_vec(), MINUTE)), 0);
    assert!(matches!(cache.claim(&at("token"), 0), Claim::Taken(_)), "a lease counts once");
    cache.settle(&at("token"), second, Some((b"x".to_vec(), MINUTE)), 0);
    assert!(hit(&cache, "a", "token", 0));
}

#[test]
fn forgetting_leaves_leases_alone() {
    let cache = Cache::default();
    put(&cache, "old", MINUTE);
    cache.forget(&at("old"));
    let made = lease(&cache, "old");
    cache.forget(&at("old"));
    cache.settle(&at("old"), made, Some((vec![], MINUTE)), 0);
    assert!(hit(&cache, "a", "old", 0));
}

#[test]
fn a_full_partition_drops_what_expires_first() {
    let cache = Cache::default();
    for number in 0..MAX_ENTRIES {
        let extra = u32::try_from(number).unwrap() + 1;
        put(&cache, &format!("k{number}"), MINUTE * extra);
    }
    put(&cache, "one more", MINUTE);
    assert!(hit(&cache, "a", "one more", 0));
    assert!(!hit(&cache, "a", "k0", 0));
}

#[test]
fn what_is_too_large_is_not_kept() {
    let cache = Cache::default();
    assert_eq!(lease(&cache, &"k".repeat(MAX_KEY + 1)), Cache::NOT_KEPT);
    let made = lease(&cache, "large");
    cache.settle(&at("large"), made, Some((vec![0; MAX_VALUE + 1], MINUTE)), 0);
    assert!(!hit(&cache, "a", "large", 0));
}

#[test]
fn what_is_shared_is_found_by_whoever_knows_the_whole_key() {
    let cache = Cache::default();
    let key = |secret: &str| format!("{TOGETHER}token client-1 {secret}");
    let place = Place::of("a", &key("s3cret"));
    assert!(!format!("{place:?}").contains("s3cret"), "{place:?}");
    let Claim::Lease(lease) = cache.claim(&place, 0) else { panic!("no lease") };
    cache.settle(&place, lease, Some((b"token".to_vec(), MINUTE)), 0);
    assert!(hit(&cache, "b", &key("s3cret"), 0), "another authenticator with the same secret");
    assert!(!hit(&cache, "a", &key("another"), 0));
    cache.forget(&Place::of("c", &key("s3cret")));
    assert!(!hit(&cache, "a", &key("s3cret"), 0));
}
