//! `gatehouse plugin inspect`: what is in a file.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use plugin_api::AuthenticatorType;
use tokio::runtime::Handle;
use ui_schema::{Field, Kind, Language};

use crate::cli::Problem;
use crate::cli::flags::own_program;
use crate::cli::terminal::{say, tame};
use crate::clock::{Entropy, OsEntropy, SystemClock};
use crate::ids;
use crate::outbound::{Outbound, OutboundLimits};
use crate::plugins::{
    CallLimits, EnabledBy, Inspected, LoadedPlugin, Means, Policy, Probe, Registry, Setup, Wanted, inspect,
};

pub(super) async fn inspect_file(path: &Path) -> Result<(), Problem> {
    let file = inspect(path).map_err(|why| Problem::from(why).of(&path.display().to_string()))?;
    say_manifest(&file)?;
    let workshop = Workshop::open(&file)?;
    let plugin = workshop.load(&file.manifest.id).await?;
    say("trial       passed, in a process of its own")?;
    plugin.types().iter().try_for_each(|kind| say_type(kind))
}

fn say_manifest(file: &Inspected) -> Result<(), Problem> {
    let manifest = &file.manifest;
    say(format_args!("id          {}", manifest.id))?;
    say(format_args!("version     {}", manifest.version))?;
    say(format_args!("name        {} · {}", tame(&manifest.name.en), tame(&manifest.name.zh_cn)))?;
    say(format_args!("about       {}", tame(&manifest.description.en)))?;
    say(format_args!("api         {} (built with plugin-api {})", manifest.api, tame(&file.build.api)))?;
    say(format_args!("file        {} bytes, sha256:{}", file.size, file.sha256))?;
    say(format_args!("may call    {}", names(&manifest.borrows.http)))?;
    say(format_args!("may send to {}", names(&manifest.borrows.redirect)))?;
    say(format_args!("cache       {}", if manifest.borrows.cache { "yes" } else { "no" }))
}

fn names(hosts: &[String]) -> String {
    if hosts.is_empty() { "nobody".to_owned() } else { hosts.join(", ") }
}

fn say_type(kind: &AuthenticatorType) -> Result<(), Problem> {
    say(format_args!("type        {} ({} · {})", kind.id, tame(&kind.title.en), tame(&kind.title.zh_cn)))?;
    kind.form.fields().iter().try_for_each(|field| {
        let required = if field.required { ", required" } else { "" };
        let when = field.when.as_ref().map(|when| format!(", if {} is {}", when.field, tame(&when.equals.to_string())));
        let title = tame(field.title.get(Language::En));
        say(format_args!(
            "  field     {}: {}{required}{} ({title})",
            field.name,
            name_of(field),
            when.unwrap_or_default()
        ))
    })
}

fn name_of(field: &Field) -> String {
    match &field.kind {
        Kind::Text(_) => "text".to_owned(),
        Kind::Url(_) => "address".to_owned(),
        Kind::Secret(_) => "secret".to_owned(),
        Kind::Boolean => "yes or no".to_owned(),
        Kind::Integer { min, max } => format!("number from {min} to {max}"),
        Kind::Choice { options } => {
            format!("one of {}", options.iter().map(|option| tame(&option.value)).collect::<Vec<_>>().join(", "))
        }
        Kind::Copyable => "filled in by the host".to_owned(),
    }
}

/// A folder of its own in which one library is loaded, and which is gone afterwards.
struct Workshop(PathBuf);

impl Workshop {
    fn open(file: &Inspected) -> Result<Self, Problem> {
        let entropy: &dyn Entropy = &OsEntropy;
        let name = format!("gatehouse-inspect-{}", ids::hex(&entropy.array::<8>()));
        let workshop = Self(std::env::temp_dir().join(name));
        let fail = |error: std::io::Error| Problem::other(format!("{}: {error}", workshop.0.display()));
        fs::DirBuilder::new().recursive(true).mode(0o700).create(workshop.plugins()).map_err(fail)?;
        let mut copy = OpenOptions::new();
        let copy = copy.write(true).create_new(true).mode(0o600).open(workshop.plugins().join("one.so"));
        copy.and_then(|mut copy| copy.write_all(&file.bytes)).map_err(fail)?;
        Ok(workshop)
    }

    fn plugins(&self) -> PathBuf {
        self.0.join("plugins")
    }

    /// Walks the whole way that the host walks when an administrator enables the plug-in.
    async fn load(&self, id: &str) -> Result<Arc<LoadedPlugin>, Problem> {
        let outbound = Arc::new(Outbound::new(OutboundLimits::default()));
        let setup = Setup {
            folder: self.plugins(),
            packages: None,
            // Whoever runs this command on a file wants to know what is in it; it runs with their rights.
            policy: Policy { allow_unsigned: true, ..Policy::default() },
            data: self.0.clone(),
            probe: Probe::new(own_program()?),
            open: Duration::from_secs(5),
            limits: CallLimits::default(),
            means: Means {
                runtime: Handle::current(),
                outbound,
                clock: Arc::new(SystemClock),
                entropy: Arc::new(OsEntropy),
            },
        };
        let registry = Registry::new(setup).map_err(|error| Problem::other(format!("plug-ins: {error}")))?;
        registry.scan().await?;
        Ok(registry.enable(id, Wanted::Best, EnabledBy::Administrator).await?)
    }
}

impl Drop for Workshop {
    fn drop(&mut self) {
        // The system empties its folder for temporary files sooner or later.
        let _ = fs::remove_dir_all(&self.0);
    }
}
