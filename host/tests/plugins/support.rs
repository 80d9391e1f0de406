//! A temporary house for plug-ins, and plug-ins to put into it.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use gatehouse::clock::{ManualClock, OsEntropy};
use gatehouse::outbound::{Outbound, OutboundLimits};
use gatehouse::plugins::{
    CallLimits, LoadedPlugin, Mapped, Means, OnBehalf, Origin, Policy, Probe, Registry, Release, Setup, Trace, Trust,
};
use plugin_api::host::BuildInfo;
use plugin_api::ui_schema::Language;
use plugin_api::{About, BeginRequest, Manifest, PluginHandle};
use serde_json::{Value, json};
use tokio::sync::mpsc;

/// A folder that goes away with the value.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("gatehouse-plugins-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join(name);
        fs::create_dir(&path).unwrap();
        Self(path)
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }

    /// Writes a file that only its owner may change.
    pub(crate) fn put(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o644)).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The bytes of the example plug-in `smallest`.
pub(crate) fn smallest() -> Vec<u8> {
    // The test runs in target/<profile>/deps.
    let program = std::env::current_exe().unwrap();
    let examples = program.parent().and_then(Path::parent).unwrap().join("examples");
    let library = examples.join("libsmallest.so");
    fs::read(&library).unwrap_or_else(|error| {
        panic!("{}: {error}; run `cargo build --package plugin-api --examples` first", library.display())
    })
}

/// The example with `old` replaced by `new` of the same length, everywhere.
pub(crate) fn replaced(old: &str, new: &str) -> Vec<u8> {
    assert_eq!(old.len(), new.len());
    let mut library = smallest();
    let is_old = |(_, window): &(usize, &[u8])| *window == old.as_bytes();
    let places: Vec<usize> = library.windows(old.len()).enumerate().filter(is_old).map(|(place, _)| place).collect();
    assert!(!places.is_empty(), "{old} is not in the library");
    for place in places {
        library[place..place + new.len()].copy_from_slice(new.as_bytes());
    }
    library
}

/// What plug-ins borrow from in tests: loopback is allowed, and the clock stands still.
pub(crate) fn means(limits: OutboundLimits) -> Means {
    means_at(&ManualClock::new(NOW), limits)
}

/// The time that the clocks of tests begin with.
pub(crate) const NOW: i64 = 1_800_000_000_000;

/// The same, with a clock that the test moves.
pub(crate) fn means_at(clock: &ManualClock, limits: OutboundLimits) -> Means {
    let outbound = Arc::new(Outbound::new(OutboundLimits { allow_loopback: true, ..limits }));
    let runtime = tokio::runtime::Handle::current();
    Means { runtime, outbound, clock: Arc::new(clock.clone()), entropy: Arc::new(OsEntropy) }
}

/// A registry over `house/plugins`, with its own data in `house/data`.
pub(crate) fn registry(house: &Folder) -> Arc<Registry> {
    let mut probe = Probe::new(PathBuf::from(env!("CARGO_BIN_EXE_gatehouse")));
    probe.deadline = Duration::from_secs(3);
    let setup = Setup {
        folder: house.path().join("plugins"),
        packages: None,
        // Who may be let in is tried elsewhere, with packages.
        policy: Policy { allow_unsigned: true, ..Policy::default() },
        data: house.path().join("data"),
        probe,
        open: Duration::from_secs(10),
        limits: CallLimits::default(),
        means: means(OutboundLimits::default()),
    };
    Registry::new(setup).unwrap()
}

/// A plug-in of this test's own, as if it had been loaded from a library.
pub(crate) fn loaded(
    manifest: Value,
    handle: Arc<dyn PluginHandle>,
    limits: CallLimits,
    means: Means,
) -> Arc<LoadedPlugin> {
    let manifest: Manifest = serde_json::from_value(manifest).unwrap();
    let build: BuildInfo = serde_json::from_value(json!({ "api": "1.0", "sdk": "1.0.0", "panic": "unwind" })).unwrap();
    let (plugin, library) = (manifest.id.clone(), "0".repeat(64));
    let release = Release {
        sha256: library.clone(),
        library: library.clone(),
        file: "none.so".into(),
        size: 0,
        origin: Origin::Folder,
        trust: Trust::Unsigned,
        manifest: Arc::new(manifest),
        build,
        papers: Arc::default(),
    };
    let copy = Mapped { number: 1, plugin, library, handle, types: Vec::new() };
    let (tell, _) = mpsc::unbounded_channel();
    Arc::new(LoadedPlugin::new(Arc::new(release), copy, limits, means, tell).unwrap())
}

/// An authenticator with `settings` that may call `upstreams`.
pub(crate) fn on_behalf(settings: Value, upstreams: &[&str]) -> OnBehalf {
    let upstreams = upstreams.iter().map(|address| (*address).to_owned()).collect();
    let about = About::of("example", "https://host.example/signin/1/callback");
    OnBehalf {
        authenticator: "authenticator-1".to_owned(),
        cache_key: "authenticator-1".to_owned(),
        settings_ms: NOW,
        settings,
        upstreams,
        about,
        trace: Trace::default(),
    }
}

/// The settings of the example plug-in, for the server at `address`.
pub(crate) fn example_settings(address: &str) -> Value {
    json!({ "server": address, "client_secret": "s3cret" })
}

pub(crate) fn begin_request() -> BeginRequest {
    BeginRequest {
        authenticator_type: "example".to_owned(),
        redirect_uri: "https://host.example/signin/1/callback".to_owned(),
        state: "state-1".to_owned(),
        language: Language::En,
    }
}

/// The place of a section in a library: offset and length.
pub(crate) fn section(library: &[u8], name: &str) -> (usize, usize) {
    use object::{Object, ObjectSection};
    let file = object::File::parse(library).unwrap();
    let (offset, length) = file.section_by_name(name).unwrap().file_range().unwrap();
    (offset as usize, length as usize)
}
