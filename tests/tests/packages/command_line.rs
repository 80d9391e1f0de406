//! From a key to a package that a host trusts, by the shell.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use gatehouse_tests::{Machine, plugin_library};

/// A machine with a key that nothing protects, `vendor`, and a folder of texts.
async fn author() -> Machine {
    let machine = Machine::new();
    machine.does(&["plugin", "keygen", "--output", "vendor", "--no-password"]).await;
    let texts = machine.write("README.md", "# For people\n").with_file_name("texts");
    fs::create_dir(&texts).unwrap();
    for name in ["README.md", "README.zh-CN.md", "CHANGELOG.md", "LICENSE", "notes.txt"] {
        fs::write(texts.join(name), name).unwrap();
    }
    machine
}

fn library() -> String {
    plugin_library().display().to_string()
}

/// The package that a command says it wrote.
fn written(machine: &Machine, out: &str) -> String {
    let name = out.split_whitespace().nth(1).unwrap();
    machine.data_dir().with_file_name(name).display().to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_a_package_a_signature_and_a_host_that_trusts_it() {
    let mut machine = Machine::new();
    let out = machine.does(&["plugin", "keygen", "--output", "vendor", "--no-password"]).await;
    let package = written(&machine, &machine.does(&["plugin", "pack", &library(), "--output", "out"]).await);
    let outcome = machine.run(&["plugin", "verify", &package]).await;
    assert!(outcome.refused(1).contains("The package is not signed."), "{outcome:?}");
    machine.does(&["plugin", "sign", &package, "--key", "vendor.key"]).await;
    let outcome = machine.run(&["plugin", "verify", &package]).await;
    assert!(outcome.refused(1).contains("a key that this installation does not trust"), "{outcome:?}");
    // What keygen printed is pasted as it is.
    let lines = &out[out.find("[plugin_keys]").unwrap()..];
    machine.set("GATEHOUSE_CONFIG", machine.write("trusting.toml", lines).display());
    let said = machine.does(&["plugin", "verify", &package]).await;
    assert!(said.starts_with("trusted    auth-dingtalk ") && said.contains("the key vendor ("), "{said}");
    let said = machine.does(&["plugin", "inspect", &package]).await;
    for line in
        ["trust       signed with the key vendor", "  file      manifest.json: ", "may call    ", "trial       passed"]
    {
        assert!(said.lines().any(|one| one.starts_with(line)), "{line}: {said}");
    }
    assert!(!machine.data_dir().exists(), "nothing is remembered");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_files_give_the_same_package() {
    let machine = author().await;
    let pack = async |folder: &str| {
        let out = machine.does(&["plugin", "pack", &library(), "--with", "texts", "--output", folder]).await;
        fs::read(written(&machine, &out)).unwrap()
    };
    let first = pack("one").await;
    for name in ["README.md", "LICENSE"] {
        // Another time and other rights are no other content.
        let path = machine.data_dir().with_file_name("texts").join(name);
        fs::rename(&path, path.with_extension("old")).unwrap();
        fs::copy(path.with_extension("old"), &path).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    }
    assert!(first == pack("two").await, "the bytes differ");
}

#[tokio::test(flavor = "multi_thread")]
async fn texts_beside_the_manifest_travel_along_and_nothing_else() {
    let machine = author().await;
    let out = machine.does(&["plugin", "pack", &library(), "--with", "texts", "--sign", "vendor.key"]).await;
    assert!(out.starts_with("signed     "), "{out}");
    let said = machine.does(&["plugin", "inspect", &written(&machine, &out)]).await;
    let files: Vec<&str> =
        said.lines().filter_map(|line| line.strip_prefix("  file      ")?.split(':').next()).collect();
    let (texts, others): (Vec<&str>, Vec<&str>) =
        files.iter().partition(|name| name.ends_with(".md") || **name == "LICENSE");
    assert_eq!(texts, ["CHANGELOG.md", "LICENSE", "README.md", "README.zh-CN.md"]);
    assert_eq!(others.len(), 4, "manifest, signature, icon, library: {others:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_its_owners_alone_and_never_overwritten() {
    let machine = author().await;
    let key = machine.data_dir().with_file_name("vendor.key");
    assert_eq!(fs::metadata(&key).unwrap().permissions().mode() & 0o777, 0o600);
    let text = fs::read_to_string(&key).unwrap();
    let outcome = machine.run(&["plugin", "keygen", "--output", "vendor", "--no-password"]).await;
    assert!(outcome.refused(1).contains("vendor.key"), "{outcome:?}");
    assert_eq!(fs::read_to_string(&key).unwrap(), text);
    // Nobody is at the terminal, and no password is not an empty one.
    let outcome = machine.run(&["plugin", "keygen", "--output", "other"]).await;
    assert!(outcome.refused(1).contains("--password-file"), "{outcome:?}");
    machine.write("empty", "\n");
    let outcome = machine.run(&["plugin", "keygen", "--output", "other", "--password-file", "empty"]).await;
    assert!(outcome.refused(1).contains("--no-password"), "{outcome:?}");
    assert!(!key.with_file_name("other.key").exists(), "a key without a password");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_protects_a_key() {
    let machine = Machine::new();
    machine.write("password", "correct horse\n");
    machine.write("wrong", "battery staple\n");
    let out = machine.does(&["plugin", "keygen", "--output", "vendor", "--password-file", "password"]).await;
    assert!(!out.contains("correct horse"), "{out}");
    let sign = ["plugin", "pack", &library(), "--sign", "vendor.key", "--password-file"];
    let outcome = machine.run(&[&sign[..], &["wrong"]].concat()).await;
    assert!(outcome.refused(1).contains("the password does not open the key"), "{outcome:?}");
    let out = machine.does(&[&sign[..], &["password"]].concat()).await;
    machine.does(&["plugin", "verify", &written(&machine, &out), "--key", "vendor.pub"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_signs_what_is_no_package_or_with_what_is_no_key() {
    let machine = author().await;
    let package = written(&machine, &machine.does(&["plugin", "pack", &library()]).await);
    for (key, sentence) in
        [("vendor.pub", "this is no secret key"), ("README.md", "this is no secret key"), ("gone", "gone")]
    {
        let outcome = machine.run(&["plugin", "sign", &package, "--key", key]).await;
        assert!(outcome.refused(1).contains(sentence), "{outcome:?}");
    }
    let whole = fs::read(&package).unwrap();
    let half = machine.write("half.tar.gz", &whole[..whole.len() / 2]);
    let outcome = machine.run(&["plugin", "sign", half.to_str().unwrap(), "--key", "vendor.key"]).await;
    assert!(outcome.refused(1).contains("damaged or cut off"), "{outcome:?}");
    let outcome = machine.run(&["plugin", "pack", "README.md"]).await;
    assert!(outcome.refused(1).contains("This is not a library for Linux."), "{outcome:?}");
    let outcome = machine.run(&["plugin", "pack", &library(), &library()]).await;
    assert!(outcome.refused(1).contains("the same name"), "{outcome:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_key_that_is_given_is_the_only_one() {
    let machine = author().await;
    machine.does(&["plugin", "keygen", "--output", "other", "--no-password"]).await;
    let package = written(&machine, &machine.does(&["plugin", "pack", &library(), "--sign", "vendor.key"]).await);
    let public = fs::read_to_string(Path::new(&package).with_file_name("vendor.pub")).unwrap();
    let line = public.lines().nth(1).unwrap();
    machine.does(&["plugin", "verify", &package, "--key", line]).await;
    machine.does(&["plugin", "verify", &package, "--key", "vendor.pub"]).await;
    let outcome = machine.run(&["plugin", "verify", &package, "--key", "other.pub"]).await;
    assert!(outcome.refused(1).contains("a key that this installation does not trust"), "{outcome:?}");
    let outcome = machine.run(&["plugin", "verify", &package, "--key", "RWnothing"]).await;
    assert!(outcome.refused(2).contains("no public key of minisign"), "{outcome:?}");
}
