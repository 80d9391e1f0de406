//! Everything that this process logs, down to the finest level, kept to be searched.

use std::io::Write;
use std::sync::{Mutex, Once};

use tracing_subscriber::fmt::MakeWriter;

static LINES: Mutex<Vec<u8>> = Mutex::new(Vec::new());
static ONCE: Once = Once::new();

/// Starts to keep the log; does nothing the second time.
pub(crate) fn keep() {
    ONCE.call_once(|| {
        let _ = tracing_subscriber::fmt()
            .with_env_filter("trace,sqlx=debug,hyper=debug,h2=debug")
            .with_ansi(false)
            .with_writer(Kept)
            .try_init();
    });
}

/// Everything that was logged so far.
pub fn logged() -> String {
    String::from_utf8_lossy(&LINES.lock().unwrap()).into_owned()
}

struct Kept;

impl<'a> MakeWriter<'a> for Kept {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        Self
    }
}

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        LINES.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
