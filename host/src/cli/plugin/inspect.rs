//! `gatehouse plugin inspect`: what is in a file, a package or a bare library.

use std::path::Path;
use std::sync::Arc;

use plugin_api::AuthenticatorType;
use ui_schema::{Field, Kind, Language};

use super::verify::signer;
use super::workshop::Workshop;
use crate::cli::Problem;
use crate::cli::flags::Flags;
use crate::cli::terminal::{say, tame};
use crate::plugins::inspect::{examine, read};
use crate::plugins::package::{Package, open};
use crate::plugins::{Inspected, Refused};

pub(super) async fn inspect_file(flags: &Flags, path: &Path) -> Result<(), Problem> {
    let of_file = |why: Refused| Problem::from(why).of(&path.display().to_string());
    let bytes = read(path).map_err(of_file)?;
    let library = if bytes.starts_with(&[0x1f, 0x8b]) {
        let package = open(&bytes, &flags.load()?.trusted_keys()?).map_err(of_file)?;
        say_package(&package)?;
        // What was tampered with is shown so far and no further.
        package.trust.check(true).map_err(|why| of_file(why.into()))?;
        examine(path.to_owned(), Arc::clone(&package.library)).map_err(of_file)?
    } else {
        examine(path.to_owned(), bytes.into()).map_err(of_file)?
    };
    say_manifest(&library)?;
    let workshop = Workshop::open(&library)?;
    let plugin = workshop.load(&library.manifest.id).await?;
    say("trial       passed, in a process of its own")?;
    plugin.types().iter().try_for_each(|kind| say_type(kind))
}

fn say_package(package: &Package) -> Result<(), Problem> {
    let Package { manifest, digest, size, trust, files, .. } = package;
    say(format_args!("package     {} {}, {size} bytes, sha256:{digest}", manifest.id, manifest.version))?;
    say(format_args!("trust       {}", signer(trust)))?;
    let targets = manifest.libraries.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
    say(format_args!("targets     {targets}"))?;
    files.iter().try_for_each(|file| {
        say(format_args!("  file      {}: {} bytes, sha256:{}", tame(&file.path), file.size, file.sha256))
    })
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
