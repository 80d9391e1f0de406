//! For the tests of plug-in authors: a host that is a closure, and the list that every plug-in must pass.
//!
//! ```
//! use plugin_api::testing::{FakeHost, json_reply};
//! use plugin_api::HttpRequest;
//! use serde_json::json;
//!
//! let host = FakeHost::new(|request| match request.url.as_str() {
//!     "https://id.example/token" => json_reply(200, &json!({ "token": "t" })),
//!     _ => json_reply(404, &json!({})),
//! });
//! let cx = host.context(json!({}));
//! let reply = host.run(cx.http(HttpRequest::get("https://id.example/token"))).unwrap().unwrap();
//! assert_eq!(reply.status, 200);
//! assert_eq!(host.requests().len(), 1);
//! ```

mod address;
mod cache;
mod clock;
mod conformance;
mod fake_host;
mod randomness;
mod run;

use std::sync::{Mutex, MutexGuard, PoisonError};

pub use crate::in_process::InProcess;
pub use conformance::{Report, Rule, Sample, check_handle, check_plugin};
pub use fake_host::{FakeHost, LogLine, Script, ScriptedReply, bytes_reply, http_fault, json_reply, table};
pub use run::{Stalled, block_on};

/// The content of `mutex`, also after a test panicked while it held the lock.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
