//! A plug-in as the host holds it, whichever way it got in.

use std::sync::Arc;

use serde_json::Value;

use crate::{
    About, AuthenticatorType, BeginReply, BeginRequest, Callback, Fault, Finding, Identity, Lender, Lent,
    MigrateRequest, Resolution, ResolveRequest,
};

/// A plug-in as the host holds it: a library behind the door, or the same Rust type inside the process.
///
/// The futures are not bound to the handle and may be polled on any runtime; dropping one cancels the call. None of
/// the methods panics and none of the futures does: a panic inside the plug-in is a [`Fault`] of kind
/// [`crate::FaultKind::Internal`].
pub trait PluginHandle: Send + Sync + 'static {
    /// See [`crate::AuthPlugin::authenticator_types`].
    ///
    /// # Errors
    /// A [`Fault`] when the plug-in panicked or answered nonsense.
    fn authenticator_types(&self) -> Result<Vec<AuthenticatorType>, Fault>;

    /// See [`crate::AuthPlugin::begin`]. `settings` are checked and hold the secrets in clear.
    fn begin(&self, settings: Value, lender: Arc<dyn Lender>, request: BeginRequest)
    -> Lent<Result<BeginReply, Fault>>;

    /// See [`crate::AuthPlugin::finish`].
    fn finish(&self, settings: Value, lender: Arc<dyn Lender>, callback: Callback) -> Lent<Result<Identity, Fault>>;

    /// See [`crate::AuthPlugin::check`].
    fn check(&self, settings: Value, lender: Arc<dyn Lender>, about: About) -> Lent<Result<Vec<Finding>, Fault>>;

    /// See [`crate::AuthPlugin::resolve`]. A plug-in that was built before version 1.1 answers
    /// [`crate::FaultKind::Misconfigured`].
    fn resolve(
        &self,
        settings: Value,
        lender: Arc<dyn Lender>,
        request: ResolveRequest,
    ) -> Lent<Result<Vec<Resolution>, Fault>>;

    /// See [`crate::AuthPlugin::migrate`]. Whether the settings fit the form is not looked at here. A plug-in that was
    /// built before version 1.2 answers [`crate::FaultKind::Misconfigured`].
    fn migrate(&self, settings: Value, lender: Arc<dyn Lender>, request: MigrateRequest) -> Lent<Result<Value, Fault>>;

    /// Answers at once if the plug-in's runtime still works.
    fn ping(&self) -> Lent<Result<(), Fault>>;
}
