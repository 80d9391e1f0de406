//! The numbers that keep a plug-in's trouble its own.

use std::time::Duration;

/// What one plug-in may use up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallLimits {
    /// Deadline of one call. Longer than [`crate::outbound::OutboundLimits::total`].
    pub call: Duration,
    /// Calls at once; one more is refused as busy.
    pub concurrent: usize,
    /// So many failures in a row open the circuit: further calls are refused without asking the plug-in.
    pub failures: u32,
    /// How long the circuit stays open before one call is let through on trial.
    pub open_for: Duration,
    /// How soon a plug-in has to answer when asked whether its threads are still alive.
    pub ping: Duration,
    /// How many times the threads of a plug-in are replaced when they hang.
    pub replacements: u32,
}

impl Default for CallLimits {
    /// 10 s, 4096 calls, 5 failures, 10 s, 500 ms, 8 replacements.
    fn default() -> Self {
        Self {
            call: Duration::from_secs(10),
            concurrent: 4096,
            failures: 5,
            open_for: Duration::from_secs(10),
            ping: Duration::from_millis(500),
            replacements: 8,
        }
    }
}
