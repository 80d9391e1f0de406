//! What the child says, and what the host makes of it.

use serde::{Deserialize, Serialize};

use super::{Ended, Failed, Step};
use crate::plugins::Refused;
use crate::plugins::refused::brief;

/// A line of the child's, as JSON. The last one counts.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Report {
    /// It is about to do this.
    Begins(Step),
    /// Opened, asked, checked.
    Good,
    /// Could not be opened, and why.
    CannotOpen(String),
    /// Registers something that it may not, and what.
    BadTypes(String),
}

/// The last thing that the child began.
pub(super) fn reached(output: &[u8]) -> Step {
    let begun = lines(output).filter_map(|line| match serde_json::from_slice(line) {
        Ok(Report::Begins(step)) => Some(step),
        _ => None,
    });
    begun.last().unwrap_or_default()
}

/// What follows from a child that ended by itself.
pub(super) fn verdict(child: &Ended) -> Result<(), Failed> {
    let Ended { status, output, complaint } = child;
    let why = match lines(output).last().map(serde_json::from_slice) {
        Some(Ok(Report::Good)) if status.success() => return Ok(()),
        Some(Ok(Report::CannotOpen(why))) => Refused::CannotOpen(brief(&why)),
        Some(Ok(Report::BadTypes(why))) => Refused::BadTypes(brief(&why)),
        _ => {
            tracing::warn!(%status, complaint = ?String::from_utf8_lossy(complaint), "a plug-in's trial process died");
            Refused::ProbeCrashed(status.to_string())
        }
    };
    Err(Failed { why, during: reached(output) })
}

/// The library may write lines of its own in between.
fn lines(output: &[u8]) -> impl Iterator<Item = &[u8]> {
    output.split(|byte| *byte == b'\n').filter(|line| !line.is_empty())
}

#[cfg(test)]
mod tests {
    use std::os::unix::process::ExitStatusExt;
    use std::process::ExitStatus;

    use super::*;

    fn said(raw_status: i32, output: &[u8]) -> Result<(), Failed> {
        let status = ExitStatus::from_raw(raw_status);
        verdict(&Ended { status, output: output.to_vec(), complaint: Vec::new() })
    }

    #[test]
    fn the_last_line_counts() {
        assert_eq!(said(0, b"hello\n\"good\"\n"), Ok(()));
        let refused = said(0, b"{\"bad-types\":\"why\"}\n").unwrap_err();
        assert_eq!((refused.cause(), refused.why), (None, Refused::BadTypes("why".into())));
        for output in [b"\"good\"\nhello".as_slice(), b""] {
            assert!(matches!(said(0, output).unwrap_err().why, Refused::ProbeCrashed(_)));
        }
    }

    #[test]
    fn a_death_after_the_report_is_a_death() {
        let segmentation_fault = 11;
        let Refused::ProbeCrashed(how) = said(segmentation_fault, b"\"good\"\n").unwrap_err().why else { panic!() };
        assert!(how.contains("signal: 11"), "{how}");
    }

    #[test]
    fn how_far_it_came_is_told() {
        assert_eq!(reached(b""), Step::Opening);
        assert_eq!(reached(b"{\"begins\":\"opening\"}\nnoise\n"), Step::Opening);
        assert_eq!(reached(b"{\"begins\":\"opening\"}\nnoise\n{\"begins\":\"asking\"}\nnoise"), Step::Asking);
    }
}
