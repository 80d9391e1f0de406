//! A plug-in without a door.

use std::future::Future;
use std::sync::Arc;

use serde_json::Value;

use crate::answers::{self, Answer};
use crate::guard::{self, Guarded, Panic};
use crate::{
    About, AuthPlugin, AuthenticatorType, BeginReply, BeginRequest, Callback, Context, Fault, Finding, Identity,
    Lender, Lent, MigrateRequest, PluginHandle, Resolution, ResolveRequest,
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

    /// Runs one asynchronous method with the guard of the door and its rules for answers.
    fn run<T: Answer + 'static, F: Future<Output = Result<T, Fault>> + Send + 'static>(
        &self,
        settings: Value,
        lender: Arc<dyn Lender>,
        about: About,
        method: impl FnOnce(Arc<P>, Context) -> F + Send + 'static,
    ) -> Lent<Result<T, Fault>> {
        let plugin = Arc::clone(&self.plugin);
        let cx = Context::new(settings, Arc::clone(&lender)).with_about(about);
        let future = async move { method(plugin, cx).await.map_err(Fault::clamped)?.checked() };
        Box::pin(Guarded::new(future, move |panic| Err(panic.reported(&*lender))))
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
        let about = About::of(&request.authenticator_type, &request.redirect_uri);
        self.run(settings, lender, about, |plugin, cx| async move { plugin.begin(&cx, request).await })
    }

    fn finish(&self, settings: Value, lender: Arc<dyn Lender>, callback: Callback) -> Lent<Result<Identity, Fault>> {
        let about = About::of(&callback.authenticator_type, &callback.redirect_uri);
        self.run(settings, lender, about, |plugin, cx| async move { plugin.finish(&cx, callback).await })
    }

    fn check(&self, settings: Value, lender: Arc<dyn Lender>, about: About) -> Lent<Result<Vec<Finding>, Fault>> {
        self.run(settings, lender, about, |plugin, cx| async move { plugin.check(&cx).await })
    }

    fn resolve(
        &self,
        settings: Value,
        lender: Arc<dyn Lender>,
        request: ResolveRequest,
    ) -> Lent<Result<Vec<Resolution>, Fault>> {
        let (about, count) = (About::of(&request.authenticator_type, ""), request.values.len());
        let future = self.run(settings, lender, about, |plugin, cx| async move { plugin.resolve(&cx, request).await });
        Box::pin(async move { answers::of_all(future.await?, count) })
    }

    fn migrate(&self, settings: Value, lender: Arc<dyn Lender>, request: MigrateRequest) -> Lent<Result<Value, Fault>> {
        let about = About::of(&request.authenticator_type, "");
        self.run(settings, lender, about, |plugin, cx| async move { plugin.migrate(&cx, request).await })
    }

    fn ping(&self) -> Lent<Result<(), Fault>> {
        Box::pin(std::future::ready(Ok(())))
    }
}
