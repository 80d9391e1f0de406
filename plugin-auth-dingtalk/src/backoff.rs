//! When to ask again.
//!
//! DingTalk limits calls per second, per application and over all its customers, and asks to come back after a second,
//! then two, with some jitter (page `how-to-process-api-throttling-on-the-dingtalk-server`). Only a limit that passes
//! within seconds is waited for, and never with a code.

use std::time::Duration;

use plugin_api::{Fault, FaultKind};

use crate::app::App;
use crate::leg::Leg;

/// How often one question is asked.
const TRIES: u32 = 3;

/// Until when in a call there may be pauses; what comes after has to end within ten seconds as well.
const LATEST: Duration = Duration::from_secs(6);

/// How long to wait before the next try, after `tries` of them and `fault`; `None` when there is no next.
pub(crate) fn pause(app: &App<'_>, leg: Leg, fault: &Fault, tries: u32) -> Option<Duration> {
    let again = tries < TRIES && !leg.carries_code() && passes_soon(fault);
    let pause = Duration::from_secs(1 << (tries - 1).min(4)) + jitter(app.cx.now_ms(), leg, tries);
    (again && app.elapsed() + pause <= LATEST).then_some(pause)
}

/// A limit per second or per minute. The month's allowance and the flood control last longer.
fn passes_soon(fault: &Fault) -> bool {
    let code = fault.provider_code.as_deref().unwrap_or_default();
    let lasts = code == "90020" || code.contains("ApiCountLimit") || fault.retry_after_ms.is_some();
    fault.kind == FaultKind::Busy && !lasts
}

/// Up to half a second, so that those who were turned away together do not come back together. The moment and the
/// question are chance enough (FNV-1a).
fn jitter(now_ms: u64, leg: Leg, tries: u32) -> Duration {
    let bytes = now_ms.to_le_bytes().into_iter().chain(leg.name().bytes()).chain(tries.to_le_bytes());
    let hash =
        bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    Duration::from_millis(hash % 500)
}
