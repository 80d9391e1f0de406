//! The numbers that keep a plug-in's trouble its own.

use std::time::Duration;

/// What one plug-in may use up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CallLimits {
    /// Deadline of one call. Longer than [`crate::outbound::OutboundLimits::total`].
    pub call: Duration,
    /// Calls at once; one more is refused as busy. Large, because a call that waits costs a few kilobytes and no
    /// thread, and a Monday morning is no fault; calls that hang are held off by the circuit long before.
    pub concurrent: usize,
    /// So many failures in a row open the circuit: further calls are refused without asking the plug-in.
    pub failures: u32,
    /// How long the circuit stays open before one call is let through on trial.
    pub open_for: Duration,
    /// How often a plug-in is asked whether its threads are still alive.
    pub ping_every: Duration,
    /// How soon it has to answer. Who misses two in a row is wedged: the first may be the machine's fault.
    pub ping: Duration,
}

impl Default for CallLimits {
    /// 10 s, 4096 calls, 5 failures, 10 s, every 3 s, 3 s.
    fn default() -> Self {
        Self {
            call: Duration::from_secs(10),
            concurrent: 4096,
            failures: 5,
            open_for: Duration::from_secs(10),
            ping_every: Duration::from_secs(3),
            ping: Duration::from_secs(3),
        }
    }
}
