//! Lines that a plug-in writes into the host's log: marked as the plug-in's, in one line each, not too long and not
//! too many.

use std::fmt::Write;
use std::sync::Mutex;
use std::time::Duration;

use plugin_api::Level;
use serde_json::Value;
use tokio::time::Instant;

use crate::plugins::lock;

/// Longest message, and longest list of fields, in characters.
const MAX_CHARS: usize = 2_000;
/// Lines at once.
const BURST: u32 = 200;
/// After a burst, one more line each so often.
const REFILL: Duration = Duration::from_millis(20);

/// The lines of one plug-in.
pub(in crate::plugins) struct Journal {
    plugin: String,
    allowance: Mutex<Allowance>,
}

struct Allowance {
    lines: u32,
    since: Instant,
    dropped: u64,
}

impl Journal {
    pub(in crate::plugins) fn new(plugin: &str) -> Self {
        let allowance = Allowance { lines: BURST, since: Instant::now(), dropped: 0 };
        Self { plugin: plugin.to_owned(), allowance: Mutex::new(allowance) }
    }

    pub(super) fn write(&self, authenticator: &str, level: Level, message: &str, fields: &Value) {
        let Some(dropped) = lock(&self.allowance).take(Instant::now()) else { return };
        let plugin = self.plugin.as_str();
        if dropped > 0 {
            tracing::warn!(target: "plugin", plugin, dropped, "the plug-in wrote too much");
        }
        let message = harmless(message);
        let fields = if fields.is_null() { String::new() } else { harmless(&fields.to_string()) };
        match level {
            Level::Error => tracing::error!(target: "plugin", plugin, authenticator, fields, "{message}"),
            Level::Warn => tracing::warn!(target: "plugin", plugin, authenticator, fields, "{message}"),
            Level::Info => tracing::info!(target: "plugin", plugin, authenticator, fields, "{message}"),
            Level::Debug => tracing::debug!(target: "plugin", plugin, authenticator, fields, "{message}"),
        }
    }
}

impl Allowance {
    /// `None` when the line is one too many; otherwise how many were dropped since the last one.
    fn take(&mut self, now: Instant) -> Option<u64> {
        let refills = now.saturating_duration_since(self.since).as_nanos() / REFILL.as_nanos();
        let refills = u32::try_from(refills).unwrap_or(u32::MAX);
        if refills > 0 {
            self.lines = self.lines.saturating_add(refills).min(BURST);
            self.since = now;
        }
        if self.lines == 0 {
            self.dropped += 1;
            return None;
        }
        self.lines -= 1;
        Some(std::mem::take(&mut self.dropped))
    }
}

/// The text without line breaks, terminal commands and marks that turn the direction of reading, and not too long.
fn harmless(text: &str) -> String {
    let mut out = String::with_capacity(text.len().min(MAX_CHARS));
    for (position, character) in text.chars().enumerate() {
        if position == MAX_CHARS {
            out.push('…');
            break;
        }
        if is_harmful(character) {
            // Writing to a string cannot fail.
            let _ = write!(out, "\\u{{{:x}}}", u32::from(character));
        } else {
            out.push(character);
        }
    }
    out
}

fn is_harmful(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_become_visible() {
        assert_eq!(harmless("a\nb\u{1b}[31m\u{202e}钉"), "a\\u{a}b\\u{1b}[31m\\u{202e}钉");
    }

    #[test]
    fn long_lines_are_cut() {
        assert_eq!(harmless(&"界".repeat(5_000)).chars().count(), MAX_CHARS + 1);
    }

    #[test]
    fn too_many_lines_are_counted_and_dropped() {
        let now = Instant::now();
        let mut allowance = Allowance { lines: 2, since: now, dropped: 0 };
        let taken: Vec<_> = (0..4).map(|_| allowance.take(now)).collect();
        assert_eq!(taken, [Some(0), Some(0), None, None]);
        assert_eq!(allowance.take(now + REFILL), Some(2));
        assert_eq!(allowance.take(now + REFILL), None);
    }
}
