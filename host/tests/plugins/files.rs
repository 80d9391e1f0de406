//! One row for each way in which a file is not a plug-in. No code of any of them runs.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};

use gatehouse::plugins::{Refused, inspect};

use crate::support::{Folder, replaced, section, smallest};

fn refused(bytes: &[u8]) -> String {
    let folder = Folder::new();
    match inspect(&folder.put("plugin.so", bytes)) {
        Ok(_) => panic!("accepted"),
        Err(why) => why.key().trim_start_matches("plugin-refused-").to_owned(),
    }
}

/// The example with `bytes` written over what is at `offset`.
fn patched(offset: usize, bytes: &[u8]) -> Vec<u8> {
    let mut library = smallest();
    library[offset..offset + bytes.len()].copy_from_slice(bytes);
    library
}

#[test]
fn the_example_is_accepted() {
    let folder = Folder::new();
    let bytes = smallest();
    let library = inspect(&folder.put("plugin.so", &bytes)).unwrap();
    assert_eq!(library.manifest.api, "1.0");
    assert_eq!(library.build.panic, "unwind");
    assert_eq!(library.size, bytes.len() as u64);
    assert_eq!(library.sha256.len(), 64);
    assert_eq!(&*library.bytes, &bytes[..]);
}

#[test]
fn what_is_no_library() {
    for (bytes, key) in [
        (&b""[..], "empty"),
        (b"hello, I am a text\n", "not-elf"),
        (b"\x7fELF", "damaged"),
        (b"\x7fELF\x02\x01\x01", "damaged"),
        (b"\x7fELF\x01\x01\x01", "wrong-machine"),
        (b"\x7fELF\x02\x02\x01", "wrong-machine"),
    ] {
        assert_eq!(refused(bytes), key, "{bytes:?}");
    }
}

#[test]
fn other_machines_and_other_kinds_of_file() {
    assert_eq!(refused(&patched(18, &243u16.to_le_bytes())), "wrong-machine", "RISC-V");
    assert_eq!(refused(&patched(4, &[1])), "wrong-machine", "32-bit");
    assert_eq!(refused(&patched(16, &2u16.to_le_bytes())), "not-a-library", "ET_EXEC");
    assert_eq!(refused(&patched(16, &1u16.to_le_bytes())), "not-a-library", "ET_REL");
}

#[test]
fn a_library_that_is_cut_off_anywhere() {
    let whole = smallest();
    for part in 1..16 {
        let key = refused(&whole[..whole.len() * part / 16]);
        assert_eq!(key, "damaged", "{part}/16");
    }
    assert_eq!(refused(&whole[..whole.len() - 1]), "damaged", "the last byte");
}

#[test]
fn a_library_that_is_no_plugin() {
    assert_eq!(refused(&replaced("gatehouse_plugin_v1", "gatehouse_plugin_v9")), "no-root-symbol");
    assert_eq!(refused(&replaced(".gatehouse.plugin", ".gatehouse.plugim")), "no-manifest");
    assert_eq!(refused(&replaced(".gatehouse.build", ".gatehouse.built")), "no-manifest");
}

#[test]
fn manifests_and_builds_that_do_not_fit() {
    let (manifest, _) = section(&smallest(), ".gatehouse.plugin");
    let (build, _) = section(&smallest(), ".gatehouse.build");
    assert_eq!(refused(&patched(manifest, b"[")), "bad-manifest");
    assert_eq!(refused(&patched(manifest, b"\xff")), "bad-manifest");
    assert_eq!(refused(&patched(build, b"[")), "bad-build");
    assert_eq!(refused(&replaced(r#""panic":"unwind""#, r#""panic":"abort" "#)), "aborts-on-panic");
    assert_eq!(refused(&replaced(r#"{"api":"1.2""#, r#"{"api":"2.2""#)), "wrong-api");
}

#[test]
fn libraries_that_bring_others_along() {
    assert_eq!(refused(&replaced("libc.so.6", "libx.so.6")), "needs-library");
}

#[test]
fn bytes_that_flip_never_crash_the_inspection() {
    let whole = smallest();
    let headers = (0..1_024).chain(whole.len() - 4_096..whole.len());
    let folder = Folder::new();
    for offset in headers.step_by(83) {
        let mut library = whole.clone();
        library[offset] ^= 0xff;
        // Accepted or refused, but always an answer.
        let _ = inspect(&folder.put("plugin.so", &library));
    }
}

#[test]
fn only_regular_files_that_nobody_else_may_change() {
    let folder = Folder::new();
    let real = folder.put("real.so", &smallest());
    let link = folder.path().join("link.so");
    symlink(&real, &link).unwrap();
    assert_eq!(inspect(&link).err(), Some(Refused::NotAFile));
    assert_eq!(inspect(folder.path()).err(), Some(Refused::NotAFile));
    assert!(matches!(inspect(&folder.path().join("absent.so")).err(), Some(Refused::Unreadable(_))));
    for mode in [0o666, 0o646, 0o664] {
        fs::set_permissions(&real, Permissions::from_mode(mode)).unwrap();
        assert_eq!(inspect(&real).err(), Some(Refused::WritableByOthers), "{mode:o}");
    }
}

#[test]
fn a_pipe_does_not_make_the_host_wait() {
    let folder = Folder::new();
    let pipe = folder.path().join("pipe.so");
    let name = std::ffi::CString::new(pipe.to_str().unwrap()).unwrap();
    // SAFETY: the name is a valid C string that lives until after the call.
    assert_eq!(unsafe { libc::mkfifo(name.as_ptr(), 0o600) }, 0);
    assert_eq!(inspect(&pipe).err(), Some(Refused::NotAFile));
}

#[test]
fn a_huge_file_is_not_read() {
    let folder = Folder::new();
    let path = folder.put("huge.so", b"\x7fELF");
    fs::OpenOptions::new().write(true).open(&path).unwrap().set_len(65 * 1024 * 1024).unwrap();
    assert_eq!(inspect(&path).err(), Some(Refused::TooLarge));
}
