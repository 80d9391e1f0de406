//! Enabling and disabling real libraries.

use std::fs;
use std::sync::Arc;

use gatehouse::plugins::{Cause, EnabledBy, Happened, LoadStep, Refused, Registry, State, Wanted, inspect};
use plugin_api::FaultKind;

use crate::support::{Folder, begin_request, example_settings, on_behalf, registry, replaced, section, smallest};

const ID: &str = "example-smallest";

fn house() -> Folder {
    let house = Folder::new();
    house.put("plugins/smallest.so", &smallest());
    house
}

fn state(registry: &Registry) -> State {
    registry.list().plugins.into_iter().find(|entry| entry.id == ID).unwrap().state
}

/// Why the plug-in is in quarantine, if it is.
fn quarantine(registry: &Registry) -> Option<Cause> {
    match state(registry) {
        State::Quarantined(cause) => Some(cause),
        _ => None,
    }
}

fn cause(happened: Happened, during: LoadStep) -> Cause {
    Cause { happened, during, detail: String::new() }
}

/// How many private copies lie in the data folder, of whichever process.
fn copies(house: &Folder) -> usize {
    fs::read_dir(house.path().join("data/plugins-run")).unwrap().count()
}

/// The example with its code replaced: wherever it is entered, it slides to `end`.
fn with_code(filler: u8, end: &[u8]) -> Vec<u8> {
    let mut library = smallest();
    let (offset, length) = section(&library, ".text");
    library[offset..offset + length].fill(filler);
    library[offset + length - end.len()..offset + length].copy_from_slice(end);
    library
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plugin_is_found_enabled_and_disabled() {
    let house = house();
    let registry = registry(&house);
    assert_eq!(registry.scan().await.unwrap().plugins.len(), 1);
    assert!(matches!(state(&registry), State::Available));
    assert!(registry.types().is_empty());

    let before = registry.generation();
    let plugin = registry.enable(ID, Wanted::Best, EnabledBy::Administrator).await.unwrap();
    assert_eq!(plugin.manifest().id, ID);
    assert!(matches!(state(&registry), State::Enabled(_)));
    assert_eq!(registry.types().len(), 1);
    assert!(registry.generation() > before);
    let (owner, kind) = registry.type_of("example").unwrap();
    assert_eq!((owner.manifest().id.as_str(), kind.id.as_str()), (ID, "example"));

    registry.disable(ID).await;
    assert!(registry.type_of("example").is_none());
    assert!(matches!(state(&registry), State::Available));
    assert_eq!(registry.retired_copies(ID), 1);

    registry.enable(ID, Wanted::Best, EnabledBy::Administrator).await.unwrap();
    assert_eq!(registry.retired_copies(ID), 0, "the same bytes are not mapped twice");
    assert_eq!(copies(&house), 1);
    assert_eq!(fs::read_dir(house.path().join("data/loading")).unwrap().count(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_enabled_plugin_answers_through_the_door() {
    let house = house();
    let registry = registry(&house);
    let plugin = registry.enable(ID, Wanted::Best, EnabledBy::Start).await.unwrap();
    let settings = example_settings("https://idp.example");
    let reply = plugin.begin(&on_behalf(settings.clone(), &["https://idp.example"]), begin_request()).await.unwrap();
    assert!(reply.authorize_url.starts_with("https://idp.example/authorize?"));
    let fault = plugin.begin(&on_behalf(settings, &[]), begin_request()).await.unwrap_err();
    assert_eq!(fault.kind, FaultKind::Internal, "nobody named that address");
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_under_way_outlive_the_disabling() {
    let house = house();
    let registry = registry(&house);
    let plugin = registry.enable(ID, Wanted::Best, EnabledBy::Administrator).await.unwrap();
    registry.disable(ID).await;
    let on = on_behalf(example_settings("https://idp.example"), &["https://idp.example"]);
    assert!(plugin.begin(&on, begin_request()).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_file_takes_the_place_of_the_old_one_or_leaves_it_alone() {
    let house = house();
    let registry = registry(&house);
    let old = registry.enable(ID, Wanted::Best, EnabledBy::Administrator).await.unwrap();
    house.put("plugins/smallest.so", &replaced(r#""version": "1.0.0""#, r#""version": "1.0.7""#));
    let new = registry.enable(ID, Wanted::Best, EnabledBy::Administrator).await.unwrap();
    assert_eq!((old.manifest().version.as_str(), new.manifest().version.as_str()), ("1.0.0", "1.0.7"));
    assert_eq!(registry.type_of("example").unwrap().0.manifest().version, "1.0.7");
    assert_eq!(registry.retired_copies(ID), 1);
    let on = on_behalf(example_settings("https://idp.example"), &["https://idp.example"]);
    assert!(old.begin(&on, begin_request()).await.is_ok(), "whoever still holds the old one");

    house.put("plugins/smallest.so", b"hello");
    assert_eq!(registry.enable(ID, Wanted::Best, EnabledBy::Administrator).await.err(), Some(Refused::NotFound));
    assert_eq!(registry.type_of("example").unwrap().0.manifest().version, "1.0.7", "the running one stays");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_type_belongs_to_the_plugin_that_came_first() {
    let house = house();
    house.put("plugins/twin.so", &replaced(ID, "example-smallesu"));
    let registry = registry(&house);
    registry.enable(ID, Wanted::Best, EnabledBy::Administrator).await.unwrap();
    let refused = registry.enable("example-smallesu", Wanted::Best, EnabledBy::Administrator).await.err();
    assert_eq!(refused, Some(Refused::TypeTaken { type_id: "example".into(), plugin: ID.into() }));
    registry.disable(ID).await;
    registry.enable("example-smallesu", Wanted::Best, EnabledBy::Administrator).await.unwrap();
    assert_eq!(registry.type_of("example").unwrap().0.manifest().id, "example-smallesu");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_plugin_is_listed_with_its_reason() {
    let house = house();
    house.put("plugins/text.so", b"hello");
    house.put("plugins/twin.so", &smallest());
    house.put("plugins/README.md", b"not looked at");
    let listing = registry(&house).scan().await.unwrap();
    let refused: Vec<_> = listing.refused.iter().map(|file| (file.file.as_str(), file.why.key())).collect();
    assert_eq!(refused, [("text.so", "plugin-refused-not-elf"), ("twin.so", "plugin-refused-duplicate-id")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_there_cannot_be_enabled() {
    let house = Folder::new();
    let registry = registry(&house);
    assert_eq!(registry.enable(ID, Wanted::Best, EnabledBy::Start).await.err(), Some(Refused::NotFound));
    assert!(matches!(state(&registry), State::Failed(Refused::NotFound)));
    registry.disable(ID).await;
    assert!(registry.list().plugins.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_library_that_was_being_loaded_when_the_process_died_waits_for_an_administrator() {
    let house = house();
    let sha256 = inspect(&house.path().join("plugins/smallest.so")).unwrap().sha256;
    house.put(&format!("data/loading/{sha256}-1"), b"example-smallest 1.0.0\n");
    let registry = registry(&house);
    registry.scan().await.unwrap();
    let ended = cause(Happened::HostEnded, LoadStep::Opening);
    assert_eq!(quarantine(&registry), Some(ended.clone()));
    assert_eq!(
        registry.enable(ID, Wanted::Best, EnabledBy::Start).await.err(),
        Some(Refused::Quarantined(ended.clone()))
    );
    assert_eq!(quarantine(&registry), Some(ended));
    registry.enable(ID, Wanted::Best, EnabledBy::Administrator).await.unwrap();
    assert!(matches!(state(&registry), State::Enabled(_)));
    registry.disable(ID).await;
    assert!(matches!(state(&registry), State::Available), "its good name is restored");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_process_may_run_beside_the_first() {
    let house = house();
    let (first, second) = (registry(&house), registry(&house));
    first.enable(ID, Wanted::Best, EnabledBy::Start).await.unwrap();
    second.enable(ID, Wanted::Best, EnabledBy::Start).await.unwrap();
    assert_eq!(copies(&house), 2, "neither took the other's away");
    drop((first, second));
    registry(&house);
    assert_eq!(copies(&house), 0, "abandoned copies are cleaned up");
}

#[cfg(target_arch = "x86_64")]
mod code_that_harms {
    use super::*;

    async fn refusal(library: &[u8]) -> Refused {
        let house = Folder::new();
        house.put("plugins/harmful.so", library);
        let registry = registry(&house);
        let why = registry.enable(ID, Wanted::Best, EnabledBy::Administrator).await.err().unwrap();
        let markers = fs::read_dir(house.path().join("data/loading")).unwrap().map(|one| one.unwrap().file_name());
        let markers: Vec<_> = markers.map(|name| name.into_string().unwrap()).collect();
        assert!(matches!(markers.as_slice(), [only] if only.ends_with("-trial")), "never opened here: {markers:?}");
        assert_eq!(copies(&house), 0, "nothing left behind");
        remembered(&registry, &why).await;
        why
    }

    /// The next start does not try it out again, and says why.
    async fn remembered(registry: &Arc<Registry>, why: &Refused) {
        let refused = registry.enable(ID, Wanted::Best, EnabledBy::Start).await.err();
        let (happened, detail) = match why {
            Refused::ProbeCrashed(how) => (Happened::TrialEnded, how.clone()),
            _ => (Happened::TrialHung, String::new()),
        };
        let cause = Cause { detail, ..cause(happened, LoadStep::Opening) };
        assert_eq!(refused, Some(Refused::Quarantined(cause.clone())));
        assert_eq!(quarantine(registry), Some(cause));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_crash_is_the_childs() {
        // int3
        let Refused::ProbeCrashed(how) = refusal(&with_code(0xcc, &[])).await else { panic!() };
        assert!(how.contains("signal"), "{how}");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn an_exit_is_the_childs() {
        // mov eax, 231 (exit_group); xor edi, edi; syscall
        let Refused::ProbeCrashed(how) = refusal(&with_code(0x90, b"\xb8\xe7\x00\x00\x00\x31\xff\x0f\x05")).await
        else {
            panic!()
        };
        assert!(how.contains("exit status: 0"), "{how}");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_loop_is_the_childs() {
        // jmp to itself
        assert_eq!(refusal(&with_code(0x90, b"\xeb\xfe")).await, Refused::ProbeTimedOut);
    }
}
