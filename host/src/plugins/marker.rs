//! Crash markers: what was being loaded when a process ended.
//!
//! Before a library is opened in this process, a file named after its hash is written and synced; once the library
//! has answered, the file goes away. While it is there, its process holds a lock on it. A file that is there and not
//! locked says that the library took its process down with it: it is in quarantine, and is not loaded again until an
//! administrator asks for it. So a plug-in can end the host once, never in a loop.
//!
//! A library that fails its trial gets such a file as well, without ever having been opened here: the next start does
//! not spend seconds on it again. What is in the file says what happened, and how far the load had come.
//!
//! Only one library is opened at a time, however many are tried out: of two, the innocent would be marked too.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use tokio::sync::{Mutex, MutexGuard};

use super::quarantine::{Cause, Happened, Step};
use super::stage::{alone, is_left_behind, private_folder, sync_folder};

/// The folder of the markers.
pub(super) struct Markers {
    folder: PathBuf,
    turn: Mutex<()>,
}

/// A load under way. Dropped without [`Markers::clear`], it puts the bytes in quarantine.
#[must_use = "a marker that nobody holds says that its process is gone"]
pub(super) struct Marker {
    _held: File,
    path: PathBuf,
}

/// Writes into a marker without holding it.
pub(super) struct Pen(File);

impl Markers {
    /// Makes the folder if need be. Blocks.
    pub(super) fn open(folder: PathBuf) -> io::Result<Self> {
        private_folder(&folder)?;
        Ok(Self { folder, turn: Mutex::default() })
    }

    /// Waits until no other library is being opened in this process, and keeps it so.
    pub(super) async fn turn(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().await
    }

    /// Why these bytes are in quarantine, if they are. Blocks.
    pub(super) fn quarantine(&self, sha256: &str) -> io::Result<Option<Cause>> {
        let _alone = alone(&self.folder)?;
        for path in self.of(sha256)? {
            if is_left_behind(&path)? {
                return Ok(Some(Cause::last_of(&String::from_utf8_lossy(&fs::read(&path)?))));
            }
        }
        Ok(None)
    }

    /// Notes that these bytes are about to be loaded; `what` is for whoever looks into the folder. Blocks.
    pub(super) fn set(&self, sha256: &str, what: &str) -> io::Result<Marker> {
        let _alone = alone(&self.folder)?;
        let path = self.own(sha256);
        let mut file = create(&path)?;
        file.lock()?;
        write!(file, "{what}\n{}", Cause::new(Happened::HostEnded, Step::Opening).line())?;
        file.sync_all()?;
        sync_folder(&self.folder)?;
        Ok(Marker { _held: file, path })
    }

    /// Notes that these bytes failed their trial. Blocks.
    pub(super) fn remember(&self, sha256: &str, cause: &Cause) -> io::Result<()> {
        let _alone = alone(&self.folder)?;
        let mut file = create(&self.folder.join(format!("{sha256}-trial")))?;
        file.write_all(cause.line().as_bytes())?;
        file.sync_all()?;
        sync_folder(&self.folder)
    }

    /// Notes that the load of these bytes came to its end, here and in processes that are no more. Blocks.
    pub(super) fn clear(&self, sha256: &str) -> io::Result<()> {
        let _alone = alone(&self.folder)?;
        let own = self.own(sha256);
        for path in self.of(sha256)? {
            if path == own || is_left_behind(&path)? {
                fs::remove_file(path)?;
            }
        }
        sync_folder(&self.folder)
    }

    /// The marker of this process: another one may load the same bytes at the same time.
    fn own(&self, sha256: &str) -> PathBuf {
        self.folder.join(format!("{sha256}-{}", std::process::id()))
    }

    fn of(&self, sha256: &str) -> io::Result<Vec<PathBuf>> {
        let mut paths = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            if entry.file_name().to_string_lossy().starts_with(sha256) {
                paths.push(entry.path());
            }
        }
        Ok(paths)
    }
}

impl Marker {
    /// For the thread that opens the library: should it never come back, it must not hold the marker. Blocks.
    pub(super) fn pen(&self) -> io::Result<Pen> {
        Ok(Pen(OpenOptions::new().append(true).open(&self.path)?))
    }
}

impl Pen {
    /// Notes what it would mean if nothing were noted after this. Not synced: it is for the case that this process dies,
    /// not the machine.
    pub(super) fn note(&mut self, happened: Happened, during: Step) {
        if let Err(error) = self.0.write_all(Cause::new(happened, during).line().as_bytes()) {
            tracing::warn!(%error, "a crash marker cannot be written to; it will say less");
        }
    }
}

fn create(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn markers(name: &str) -> (PathBuf, Markers) {
        let folder = std::env::temp_dir().join(format!("gatehouse-markers-{name}-{}", std::process::id()));
        (folder.clone(), Markers::open(folder).unwrap())
    }

    #[test]
    fn only_a_marker_that_nobody_holds_means_quarantine() {
        let (folder, markers) = markers("held");
        assert_eq!(markers.quarantine("aa").unwrap(), None);
        let held = markers.set("aa", "example 1.0.0").unwrap();
        assert_eq!(markers.quarantine("aa").unwrap(), None, "a load under way");
        drop(held);
        let ended = Cause::new(Happened::HostEnded, Step::Opening);
        assert_eq!(markers.quarantine("aa").unwrap(), Some(ended), "its process is gone");
        assert_eq!(markers.quarantine("ab").unwrap(), None, "other bytes");
        markers.clear("aa").unwrap();
        assert_eq!(markers.quarantine("aa").unwrap(), None);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn the_last_note_counts_whoever_wrote_it() {
        let (folder, markers) = markers("notes");
        let held = markers.set("aa", "example 1.0.0").unwrap();
        let (mut first, mut second) = (held.pen().unwrap(), held.pen().unwrap());
        drop(held);
        for (pen, happened) in [(&mut first, Happened::HostEnded), (&mut second, Happened::HostHung)] {
            pen.note(happened, Step::Asking);
            assert_eq!(
                markers.quarantine("aa").unwrap(),
                Some(Cause::new(happened, Step::Asking)),
                "a pen holds nothing"
            );
        }
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_failed_trial_is_remembered_until_a_load_succeeds() {
        let (folder, markers) = markers("trial");
        let cause = Cause { detail: "signal: 6".into(), ..Cause::new(Happened::TrialEnded, Step::Asking) };
        markers.remember("aa", &cause).unwrap();
        assert_eq!(markers.quarantine("aa").unwrap(), Some(cause));
        let _held = markers.set("aa", "example 1.0.0").unwrap();
        markers.clear("aa").unwrap();
        assert_eq!(markers.quarantine("aa").unwrap(), None);
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_marker_of_an_earlier_release_still_counts() {
        let (folder, markers) = markers("earlier");
        fs::write(folder.join("aa-1"), "example 1.0.0\n").unwrap();
        let ended = Cause::new(Happened::HostEnded, Step::Opening);
        assert_eq!(markers.quarantine("aa").unwrap(), Some(ended));
        fs::remove_dir_all(folder).unwrap();
    }
}
