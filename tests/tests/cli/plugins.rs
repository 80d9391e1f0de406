//! `gatehouse plugin` (rows PL-4 and CF-1): what lies in the folder, and what is in a file.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};

use gatehouse_tests::{Machine, example_plugin, plugin_library};

use super::seeded;

#[tokio::test(flavor = "multi_thread")]
async fn list_tells_states_and_reasons() {
    let (_simulator, machine) = seeded().await;
    fs::write(machine.plugin_dir().join("notes.so"), "not a library").unwrap();
    fs::write(machine.plugin_dir().join("notes.txt"), "nobody asks").unwrap();
    let out = machine.does(&["plugin", "list"]).await;
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines.len(), 2, "{out}");
    assert!(lines[0].starts_with("available  auth-dingtalk ") && lines[0].contains(" signed:tests sha256:"), "{out}");
    assert_eq!(lines[1], "refused    notes.so: This is not a library for Linux.");
    machine.does(&["apply", "-f", "seed.toml"]).await;
    assert!(machine.does(&["plugin", "list"]).await.starts_with("enabled    auth-dingtalk "));
}

#[tokio::test(flavor = "multi_thread")]
async fn inspect_says_what_a_library_registers() {
    let machine = Machine::new();
    let out = machine.does(&["plugin", "inspect", plugin_library().to_str().unwrap()]).await;
    for line in ["id          auth-dingtalk", "trial       passed", "type        dingtalk", "may call    "] {
        assert!(out.lines().any(|said| said.starts_with(line)), "{line}: {out}");
    }
    assert!(out.contains("client_secret: secret, required"), "{out}");
    assert!(out.contains("one of mainland, international, custom"), "{out}");
    assert!(!machine.data_dir().exists(), "nothing is remembered");
}

/// The DingTalk library with some bytes exchanged.
fn bent(at: usize, bytes: &[u8]) -> Vec<u8> {
    let mut library = fs::read(plugin_library()).unwrap();
    library[at..at + bytes.len()].copy_from_slice(bytes);
    library
}

#[tokio::test(flavor = "multi_thread")]
async fn pl_4_inspect_refuses_what_is_no_plug_in() {
    const E_TYPE: usize = 16;
    const E_MACHINE: usize = 18;
    let machine = Machine::new();
    let whole = fs::read(plugin_library()).unwrap();
    let files: [(&str, Vec<u8>, &str); 10] = [
        ("empty", Vec::new(), "The file is empty."),
        ("text", b"#!/bin/sh\necho hello\n".to_vec(), "This is not a library for Linux."),
        ("magic", b"\x7fELF".to_vec(), "The file is damaged or cut off."),
        ("head", whole[..64].to_vec(), "The file is damaged or cut off."),
        ("half", whole[..whole.len() / 2].to_vec(), "The file is damaged or cut off."),
        ("narrow", bent(4, &[1]), "It was built for another kind of processor."),
        ("big-endian", bent(5, &[2]), "It was built for another kind of processor."),
        ("sparc", bent(E_MACHINE, &[43, 0]), "It was built for another kind of processor."),
        ("program", bent(E_TYPE, &[2, 0]), "This is a program or an object file, not a library."),
        ("impostor", fs::read(example_plugin("impostor")).unwrap(), "It has no manifest."),
    ];
    for (name, bytes, sentence) in files {
        let path = machine.write(name, bytes);
        let outcome = machine.run(&["plugin", "inspect", path.to_str().unwrap()]).await;
        let line = outcome.refused(1);
        assert!(line.contains(sentence) && line.contains(name), "{name}: {line}");
    }
    let stillborn = machine.write("stillborn", fs::read(example_plugin("stillborn")).unwrap());
    let outcome = machine.run(&["plugin", "inspect", stillborn.to_str().unwrap()]).await;
    assert!(outcome.refused(1).contains("It cannot be opened as a library."), "{outcome:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn inspect_refuses_what_is_no_file_of_ours() {
    let machine = Machine::new();
    let path = machine.write("one.so", fs::read(plugin_library()).unwrap());
    let link = path.with_file_name("link.so");
    symlink(&path, &link).unwrap();
    let open = machine.write("open.so", fs::read(plugin_library()).unwrap());
    fs::set_permissions(&open, Permissions::from_mode(0o666)).unwrap();
    let nowhere = path.with_file_name("nowhere.so");
    for (path, sentence) in [
        (link, "This is a link"),
        (machine.plugin_dir(), "This is a link, a folder or a device."),
        ("/dev/zero".into(), "a device"),
        (open, "Other users of the server may change this file."),
        (nowhere, "The file could not be read."),
    ] {
        let outcome = machine.run(&["plugin", "inspect", path.to_str().unwrap()]).await;
        assert!(outcome.refused(1).contains(sentence), "{outcome:?}");
    }
}
