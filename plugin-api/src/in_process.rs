//! A plug-in without a door.

use std::future::Future;
use std::sync::Arc;

use serde_json::Value;

use crate::answers::Answer;
use crate::guard::{self, Guarded, Panic};
use crate::{
    AuthPlugin, AuthenticatorType, BeginReply, BeginRequest, Callback, Context, Fault, FaultKind, Finding, Identity,
    Lender, Lent, PluginHandle,
};

/// A plug-in inside the process: the same handle, the same guards, no library. For tests, and for measuring what the
/// door costs.
pub struct InProcess<P> {
    plugin: Arc<P>,
}

impl<P: AuthPlugin> InProcess<P> {
    /// Makes the plug-in.
    pub fn new() -> Self {
        Self { plugin: Arc::new(P::new()) }
    }
}

impl<P: AuthPlugin> Default for InProcess<P> {
    fn default() -> Self {
        Self::new()
    }
}

impl<P: AuthPlugin> PluginHandle for InProcess<P> {
    fn authenticator_types(&self) -> Result<Vec<AuthenticatorType>, Fault> {
        guard::catch(|| self.plugin.authenticator_types()).map_err(Panic::into_fault)
    }

    fn begin(
        &self,
        settings: Value,
        lender: Arc<dyn Lender>,
        request: BeginRequest,
    ) -> Lent<Result<BeginReply, Fault>> {
        let plugin = Arc::clone(&self.plugin);
        guarded(settings, lender, async move |cx| plugin.begin(&cx, request).await)
    }

    fn finish(&self, settings: Value, lender: Arc<dyn Lender>, callback: Callback) -> Lent<Result<Identity, Fault>> {
        let plugin = Arc::clone(&self.plugin);
        guarded(settings, lender, async move |cx| plugin.finish(&cx, callback).await)
    }

    fn check(&self, settings: Value, lender: Arc<dyn Lender>) -> Lent<Result<Vec<Finding>, Fault>> {
        let (plugin, cx) = (Arc::clone(&self.plugin), Context::new(settings, lender));
        guarded(async move { plugin.check(&cx).await })
    }

    fn ping(&self) -> Lent<Result<(), Fault>> {
        Box::pin(std::future::ready(Ok(())))
    }
}

/// The guard of the door, and its rules for answers.
fn guarded<T: Answer + 'static>(
    future: impl Future<Output = Result<T, Fault>> + Send + 'static,
) -> Lent<Result<T, Fault>> {
    let future = async move { future.await.map_err(Fault::clamped)?.checked() };
    Box::pin(Guarded::new(future, |panic| Err(panicked(&panic))))
}

fn panicked(panic: &Panic) -> Fault {
    Fault::new(FaultKind::Internal, format!("the plug-in {panic}"))
}
