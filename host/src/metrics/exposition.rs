//! The text format of Prometheus, version 0.0.4
//! (<https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format>).

use std::fmt::{Display, Write};

/// What a family of numbers is.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// Only rises, until the process starts anew.
    Counter,
    /// Rises and falls.
    Gauge,
    /// How many were at most so large.
    Histogram,
}

impl Kind {
    const fn name(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Gauge => "gauge",
            Self::Histogram => "histogram",
        }
    }
}

/// Name and value of a label.
pub(super) type Label<'a> = (&'static str, &'a str);

/// A text in the making.
#[derive(Default)]
pub(super) struct Exposition(String);

impl Exposition {
    /// Begins a family; its samples follow at once.
    pub(super) fn family(&mut self, name: &'static str, kind: Kind, help: &'static str) -> Family<'_> {
        // Writing to a string cannot fail.
        let _ = write!(self.0, "# HELP {name} {help}\n# TYPE {name} {}\n", kind.name());
        Family { text: &mut self.0, name }
    }

    pub(super) fn finish(self) -> String {
        self.0
    }
}

/// Where the samples of one family are written.
pub(super) struct Family<'a> {
    text: &'a mut String,
    name: &'static str,
}

impl Family<'_> {
    /// A sample of the family.
    pub(super) fn sample(&mut self, labels: &[Label<'_>], value: impl Display) {
        self.part("", labels, value);
    }

    /// A sample of a part of the family, for example `_count`.
    pub(super) fn part(&mut self, part: &str, labels: &[Label<'_>], value: impl Display) {
        let _ = write!(self.text, "{}{part}", self.name);
        for (position, (name, text)) in labels.iter().enumerate() {
            let _ = write!(self.text, "{}{name}=\"{}\"", if position == 0 { '{' } else { ',' }, escaped(text));
        }
        let _ = writeln!(self.text, "{} {value}", if labels.is_empty() { "" } else { "}" });
    }
}

fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_cannot_leave_their_quotes() {
        let mut page = Exposition::default();
        let mut family = page.family("things", Kind::Counter, "How many.");
        family.sample(&[("a", "x\"} 1\n\\"), ("b", "y")], 3);
        family.sample(&[], 4);
        assert_eq!(
            page.finish(),
            "# HELP things How many.\n# TYPE things counter\nthings{a=\"x\\\"} 1\\n\\\\\",b=\"y\"} 3\nthings 4\n"
        );
    }
}
