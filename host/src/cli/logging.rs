//! The log: to standard error, one line for each event, whatever is in it.

use std::io::{self, Write};
use std::panic::PanicHookInfo;

use tracing_subscriber::EnvFilter;

use super::Problem;
use crate::config::{Config, LogFormat};

/// Starts logging, as the configuration says.
pub(super) fn start(config: &Config) -> Result<(), Problem> {
    let filter = EnvFilter::try_new(&config.log)
        .map_err(|error| Problem::configuration(format!("configuration: log: {error}")))?;
    // Colours would be control characters, and those are made visible below.
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).with_writer(|| OneLine(io::stderr()));
    let started = match config.log_format {
        LogFormat::Text => log.try_init(),
        LogFormat::Json => log.json().flatten_event(true).try_init(),
    };
    std::panic::set_hook(Box::new(log_panic));
    started.map_err(|error| Problem::other(format!("the log: {error}")))
}

/// A panic becomes a line of the log like any other.
fn log_panic(panic: &PanicHookInfo<'_>) {
    let place = panic.location().map(ToString::to_string).unwrap_or_default();
    tracing::error!(place, thread = std::thread::current().name(), why = panic.payload_as_str(), "panic");
}

/// Passes each event on as one line: whatever a provider, a plug-in or a browser had written into a text, it can
/// neither begin a line of its own nor move the cursor of whoever reads the log.
struct OneLine<W>(W);

impl<W: Write> Write for OneLine<W> {
    /// Takes one whole event, which is how the subscriber writes them.
    fn write(&mut self, event: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(event);
        let mut line = String::with_capacity(text.len() + 1);
        for letter in text.trim_end_matches('\n').chars() {
            if is_harmful(letter) {
                // As JSON and people know it.
                line.push_str(&format!("\\u{:04x}", u32::from(letter)));
            } else {
                line.push(letter);
            }
        }
        line.push('\n');
        self.0.write_all(line.as_bytes())?;
        Ok(event.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// Control characters, and those that end lines or change the direction of writing.
fn is_harmful(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(event: &str) -> String {
        let mut line = OneLine(Vec::new());
        line.write_all(event.as_bytes()).unwrap();
        String::from_utf8(line.0).unwrap()
    }

    #[test]
    fn an_event_is_one_line() {
        assert_eq!(written("name=\"a\r\nERROR forged\"\n"), "name=\"a\\u000d\\u000aERROR forged\"\n");
        assert_eq!(written("name=林 \u{1b}[31m\u{202e}\n"), "name=林 \\u001b[31m\\u202e\n");
    }

    #[test]
    fn json_stays_json() {
        let line = written("{\"name\":\"\u{7f}\u{9b}\u{2029}\"}\n");
        let value: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!(value["name"], "\u{7f}\u{9b}\u{2029}");
    }
}
