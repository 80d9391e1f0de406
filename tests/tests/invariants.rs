//! The invariants of `ARCHITECTURE.md` that the source itself has to keep, in the order in which it lists them.

use std::path::{Path, PathBuf};

use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Every text file below `folder`, with its path from the root.
fn files(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut waiting = vec![root().join(folder)];
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            let skip = path.ends_with("target") || path.ends_with("node_modules");
            let entries = std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path());
            waiting.extend(entries.filter(|_| !skip));
        } else if endings.iter().any(|ending| path.extension().is_some_and(|extension| extension == *ending)) {
            let name = path.strip_prefix(root()).unwrap().display().to_string();
            found.push((name, std::fs::read_to_string(&path).unwrap()));
        }
    }
    assert!(!found.is_empty(), "{folder} has no files");
    found
}

/// The lines of `files` that hold `needle`, but not in the rooms that may.
fn offenders(files: &[(String, String)], needle: &str, rooms: &[&str]) -> Vec<String> {
    let mut lines = Vec::new();
    for (name, text) in files.iter().filter(|(name, _)| !rooms.iter().any(|room| name.starts_with(room))) {
        for (number, line) in text.lines().enumerate().filter(|(_, line)| line.contains(needle)) {
            lines.push(format!("{name}:{}: {}", number + 1, line.trim()));
        }
    }
    lines
}

/// Direct dependencies of each member of the workspace, leaving out those of its tests.
fn dependencies(package: &str) -> Vec<String> {
    let cargo = option_env!("CARGO").unwrap_or("cargo");
    let arguments = ["metadata", "--no-deps", "--offline", "--format-version", "1"];
    let output = std::process::Command::new(cargo).args(arguments).current_dir(root()).output().unwrap();
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let packages = metadata["packages"].as_array().unwrap();
    let package = packages.iter().find(|one| one["name"] == package).unwrap();
    let direct = package["dependencies"].as_array().unwrap().iter().filter(|one| one["kind"].is_null());
    direct.map(|one| one["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn dependencies_point_one_way() {
    let ours =
        ["ui-schema", "plugin-api", "plugin-auth-dingtalk", "gatehouse", "dingtalk-simulator", "gatehouse-tests"];
    let of_ours = |package: &str| -> Vec<String> {
        dependencies(package).into_iter().filter(|name| ours.contains(&name.as_str())).collect()
    };
    assert_eq!(of_ours("ui-schema"), [""; 0]);
    assert_eq!(of_ours("plugin-api"), ["ui-schema"]);
    assert_eq!(of_ours("gatehouse"), ["plugin-api", "ui-schema"]);
    assert_eq!(of_ours("dingtalk-simulator"), [""; 0]);
    let mut provider = dependencies("plugin-auth-dingtalk");
    provider.retain(|name| !matches!(name.as_str(), "plugin-api" | "ui-schema" | "serde" | "serde_json"));
    assert_eq!(provider, [""; 0], "a provider needs the contract and serde, nothing else");
}

#[test]
fn the_core_names_no_provider() {
    for folder in ["host", "plugin-api", "ui-schema"] {
        let files = files(folder, &["rs", "toml", "ftl", "css", "js", "svg", "sql", "json", "md"]);
        let lower: Vec<_> = files.into_iter().map(|(name, text)| (name, text.to_lowercase())).collect();
        for word in ["dingtalk", "ding talk", "钉钉"] {
            assert_eq!(offenders(&lower, word, &[]), [""; 0]);
        }
    }
}

#[test]
fn the_abi_is_named_behind_the_door_only() {
    let mut all = files("host/src", &["rs"]);
    all.extend(files("plugin-api/src", &["rs"]));
    all.extend(files("ui-schema/src", &["rs"]));
    all.extend(files("plugin-auth-dingtalk/src", &["rs"]));
    for name in ["abi_stable::", "async_ffi::"] {
        assert_eq!(offenders(&all, name, &["plugin-api/src/door", "plugin-api/src/export.rs"]), [""; 0]);
    }
    assert_eq!(offenders(&all, "libloading::", &["plugin-api/src/door", "plugin-api/src/host"]), [""; 0]);
}

#[test]
fn sql_is_in_the_store_only() {
    let host = files("host/src", &["rs"]);
    for word in ["SELECT ", "INSERT INTO", "DELETE FROM", "sqlx::"] {
        assert_eq!(offenders(&host, word, &["host/src/store"]), [""; 0], "{word}");
    }
}

#[test]
fn the_environment_is_read_in_the_configuration_only() {
    let host = files("host/src", &["rs"]);
    for call in ["env::var", "env::vars", "Env::prefixed"] {
        assert_eq!(offenders(&host, call, &["host/src/config"]), [""; 0]);
    }
}

#[test]
fn time_randomness_and_http_are_arguments() {
    let bans = std::fs::read_to_string(root().join("clippy.toml")).unwrap();
    for ban in ["SystemTime::now", "env::var", "getrandom::fill", "reqwest::Client::new"] {
        assert!(bans.contains(ban), "clippy.toml no longer bans {ban}");
    }
    let host = files("host/src", &["rs"]);
    assert_eq!(offenders(&host, "SystemTime::now", &["host/src/clock.rs"]), [""; 0]);
    assert_eq!(offenders(&host, "getrandom::", &["host/src/clock.rs"]), [""; 0]);
    assert_eq!(offenders(&host, "Client::builder", &["host/src/outbound"]), [""; 0]);
}

#[test]
fn one_function_makes_sessions_of_an_admitted() {
    let host = files("host/src", &["rs"]);
    assert_eq!(offenders(&host, "sessions::insert", &[]).len(), 1);
    let makers = offenders(&host, "sessions::insert", &["host/src/session/mod.rs"]);
    assert_eq!(makers, [""; 0]);
    let session = std::fs::read_to_string(root().join("host/src/session/mod.rs")).unwrap();
    assert!(session.contains("admitted: &Admitted"));
    // Its fields are private to this file, so nobody else can put one together.
    let admit = std::fs::read_to_string(root().join("host/src/signin/admit.rs")).unwrap();
    let fields = admit.split("struct Admitted {").nth(1).unwrap().split('}').next().unwrap();
    assert!(!fields.contains("pub"), "{fields}");
}

#[test]
fn every_path_in_the_documents_exists() {
    for document in ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md", "SECURITY.md"] {
        let text = std::fs::read_to_string(root().join(document)).unwrap();
        let quoted = text.split('`').skip(1).step_by(2);
        let tops = [
            "host/",
            "plugin-api/",
            "plugin-auth-dingtalk/",
            "ui-schema/",
            "tests/",
            "xtask/",
            "docs/",
            "packaging/",
            "demo/",
        ];
        for path in quoted.filter(|text| tops.iter().any(|top| text.starts_with(top)) && !text.contains(' ')) {
            assert!(root().join(path).exists(), "{document} names {path}, which does not exist");
        }
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let path = link.split('#').next().unwrap();
            if !path.is_empty() && !path.contains("://") {
                assert!(root().join(path).exists(), "{document} links to {path}, which does not exist");
            }
        }
    }
}

#[test]
fn nothing_is_left_unfinished() {
    for folder in ["host/src", "plugin-api", "plugin-auth-dingtalk", "ui-schema", "xtask/src", "tests/simulator/src"] {
        for word in ["todo!(", "unimplemented!(", concat!("FIX", "ME"), concat!("TO", "DO:"), "#[allow("] {
            assert_eq!(offenders(&files(folder, &["rs"]), word, &[]), [""; 0], "{word} in {folder}");
        }
    }
}
