//! `gatehouse plugin new`.

use std::fs;
use std::path::Path;

use gatehouse_tests::Machine;
use toml::Table;

/// A new crate called `auth-acme`, and its folder.
async fn acme(machine: &Machine) -> std::path::PathBuf {
    let into = machine.data_dir();
    let said = machine.does(&["plugin", "new", "auth-acme", "--path", into.to_str().unwrap()]).await;
    assert!(said.contains("cargo test"), "{said}");
    into.join("auth-acme")
}

fn manifest(folder: &Path) -> Table {
    fs::read_to_string(folder.join("Cargo.toml")).unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_new_crate_is_whole_and_stands_alone() {
    let machine = Machine::new();
    let folder = acme(&machine).await;
    for file in [
        ".gitignore",
        "CHANGELOG.md",
        "Cargo.lock",
        "Cargo.toml",
        "README.md",
        "README.zh-CN.md",
        "icon.svg",
        "manifest.json",
        "examples/provider.rs",
        "src/lib.rs",
        "src/settings.rs",
        "tests/provider.rs",
        "sdk/plugin-api/src/lib.rs",
        "sdk/plugin-api/README.md",
        "sdk/ui-schema/src/lib.rs",
    ] {
        assert!(folder.join(file).is_file(), "{file}");
    }
    assert_eq!(manifest(&folder)["package"]["name"].as_str(), Some("auth-acme"));
    for one in ["sdk/plugin-api", "sdk/ui-schema"] {
        let text = fs::read_to_string(folder.join(one).join("Cargo.toml")).unwrap();
        assert!(!text.contains("workspace"), "{text}");
    }
}

/// What an author builds with is what we tested, to the last version.
#[tokio::test]
async fn the_contract_has_the_versions_of_the_workspace() {
    let machine = Machine::new();
    let folder = acme(&machine).await;
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let workspace = manifest(root)["workspace"].clone();
    let (common, inherited) = (&workspace["dependencies"], &workspace["package"]);
    for one in ["plugin-api", "ui-schema"] {
        let flat = manifest(&folder.join("sdk").join(one));
        let ours = manifest(&root.join(one));
        let version = ours["package"]["version"].as_str().or(inherited["version"].as_str());
        assert_eq!(flat["package"]["version"].as_str(), version, "{one}");
        let wishes = ours["dependencies"].as_table().unwrap();
        let needed = wishes.iter().filter(|(_, wish)| wish.get("optional").is_none()).map(|(name, _)| name);
        for name in needed.filter(|name| *name != "ui-schema") {
            assert_eq!(flat["dependencies"][name], common[name], "{one}: {name}");
        }
    }
    let versions = |lock: &Path| -> Vec<(String, String)> {
        let lock: Table = fs::read_to_string(lock).unwrap().parse().unwrap();
        let packages = lock["package"].as_array().unwrap().iter();
        let text = |one: &toml::Value, key: &str| one[key].as_str().unwrap().to_owned();
        packages
            .filter(|one| one.get("source").is_some())
            .map(|one| (text(one, "name"), text(one, "version")))
            .collect()
    };
    let ours = versions(&root.join("Cargo.lock"));
    let theirs = versions(&folder.join("Cargo.lock"));
    assert!(theirs.iter().any(|(name, _)| name == "abi_stable"), "{theirs:?}");
    assert!(theirs.iter().all(|one| ours.contains(one)), "{theirs:?}");
    assert!(theirs.len() < ours.len() / 2, "{} of {}", theirs.len(), ours.len());
}

#[tokio::test]
async fn a_checkout_can_take_the_place_of_the_copy() {
    let machine = Machine::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let into = machine.data_dir();
    let (path, sdk) = (into.to_str().unwrap(), root.to_str().unwrap());
    machine.does(&["plugin", "new", "acme", "--path", path, "--sdk", sdk]).await;
    let folder = into.join("acme");
    assert!(!folder.join("sdk").exists());
    let named = manifest(&folder)["dependencies"]["plugin-api"]["path"].as_str().unwrap().to_owned();
    assert_eq!(Path::new(&named), root.join("plugin-api"));
    let outcome = machine.run(&["plugin", "new", "other", "--path", path, "--sdk", path]).await;
    assert_eq!(outcome.code, Some(2));
    assert!(outcome.err.contains("plugin-api"), "{}", outcome.err);
    assert!(!into.join("other").exists());
}

#[tokio::test]
async fn nothing_is_written_over_and_names_are_identifiers() {
    let machine = Machine::new();
    let folder = acme(&machine).await;
    let path = machine.data_dir().to_str().unwrap().to_owned();
    fs::write(folder.join("src/lib.rs"), "// mine\n").unwrap();
    let again = machine.run(&["plugin", "new", "auth-acme", "--path", &path]).await;
    assert_eq!(again.code, Some(1));
    assert!(again.err.contains("there is something already"), "{}", again.err);
    assert_eq!(fs::read_to_string(folder.join("src/lib.rs")).unwrap(), "// mine\n");
    let long = "a".repeat(65);
    for bad in ["a", "Acme", "../acme", "acme_x", "9lives", "", long.as_str()] {
        let outcome = machine.run(&["plugin", "new", bad, "--path", &path]).await;
        assert_eq!(outcome.code, Some(2), "{bad}");
        assert_eq!(outcome.err.lines().count(), 1, "{bad}: {}", outcome.err);
    }
    let there: Vec<_> = fs::read_dir(machine.data_dir()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(there, ["auth-acme"]);
}
