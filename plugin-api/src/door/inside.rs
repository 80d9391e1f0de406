//! The plug-in's side: a native plug-in becomes the table, the host's table becomes a native lender.

use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use abi_stable::library::{__call_root_module_loader, CheckTypeLayout, LibHeader, RootModuleResult};
use abi_stable::prefix_type::PrefixTypeTrait;
use abi_stable::sabi_trait::TD_Opaque;
use abi_stable::std_types::{ROption, RResult, RSlice, RSliceMut, RStr};
use async_ffi::{FfiFuture, FutureExt};
use serde_json::Value;

use super::interface::{Answer, Bytes, Call, Instance, InstanceBox, LendingBox, Outcome, Parcel, Root, RootRef};
use super::parcel::{self, Portable};
use crate::context::no_randomness;
use crate::guard::{self, Guarded, Panic};
use crate::{
    About, AuthPlugin, CacheClaim, Context, Fault, FaultKind, HttpFault, HttpFaultKind, HttpReply, HttpRequest, Lender,
    Lent, Level, MigrateRequest, ResolveRequest, build,
};

/// The header that [`export_auth_plugin!`](crate::export_auth_plugin) exports under the root symbol.
pub const fn header<P: AuthPlugin>() -> LibHeader {
    // SAFETY: `constructor` returns what `__call_root_module_loader` made of the `RootRef` of `root`, which is the
    // module type named here.
    unsafe { LibHeader::from_constructor::<RootRef>(constructor::<P>, CheckTypeLayout::Yes) }
}

/// Catches a panic of `root` itself.
extern "C" fn constructor<P: AuthPlugin>() -> RootModuleResult {
    __call_root_module_loader(root::<P>)
}

fn root<P: AuthPlugin>() -> RootRef {
    Root { build: RStr::from_str(build::BUILD), create: create::<P> }.leak_into_prefix()
}

extern "C" fn create<P: AuthPlugin>() -> RResult<InstanceBox, Bytes> {
    guard::install_hook();
    match guard::catch(P::new) {
        Ok(plugin) => RResult::ROk(InstanceBox::from_value(Inside { plugin: Some(Arc::new(plugin)) }, TD_Opaque)),
        Err(panic) => RResult::RErr(parcel::fault_bytes(&panic.into_fault())),
    }
}

/// A native plug-in behind the table.
struct Inside<P: AuthPlugin> {
    /// Empty only while it is dropped.
    plugin: Option<Arc<P>>,
}

impl<P: AuthPlugin> Inside<P> {
    /// Runs one asynchronous method: arguments in, guarded future out.
    fn run<A, T, F>(&self, call: Call, method: impl FnOnce(Arc<P>, Context, A) -> F + Send + 'static) -> Answer
    where
        A: Portable,
        T: Portable,
        F: Future<Output = Result<T, Fault>> + Send,
    {
        let plugin = self.plugin.clone();
        let lender: Arc<dyn Lender> = Arc::new(Borrowed { lending: call.lending });
        let witness = Arc::clone(&lender);
        let future = async move {
            let plugin = plugin.ok_or_else(|| Fault::new(FaultKind::Internal, "the plug-in is gone"))?;
            let settings: Value = parcel::decode(call.settings.as_rslice())?;
            let call = {
                let argument: A = parcel::unpack(call.request)?;
                let cx = Context::new(settings, lender).with_about(argument.about());
                method(plugin, cx, argument)
            };
            parcel::pack(call.await?)
        };
        let future = async move { outcome(future.await) };
        let report = move |panic: Panic| outcome(Err(panic.reported(&*witness)));
        Guarded::new(future, report).into_ffi()
    }
}

impl<P: AuthPlugin> Instance for Inside<P> {
    fn authenticator_types(&self) -> Outcome {
        let types = guard::catch(|| match &self.plugin {
            Some(plugin) => parcel::pack(plugin.authenticator_types()),
            None => Err(Fault::new(FaultKind::Internal, "the plug-in is gone")),
        });
        outcome(types.unwrap_or_else(|panic| Err(panic.into_fault())))
    }

    fn begin(&self, call: Call) -> Answer {
        self.run(call, |plugin, cx, request| async move { plugin.begin(&cx, request).await })
    }

    fn finish(&self, call: Call) -> Answer {
        self.run(call, |plugin, cx, callback| async move { plugin.finish(&cx, callback).await })
    }

    fn check(&self, call: Call) -> Answer {
        self.run(call, |plugin, cx, _: About| async move { plugin.check(&cx).await })
    }

    fn resolve(&self, call: Call) -> Answer {
        self.run(call, |plugin, cx, request: ResolveRequest| async move { plugin.resolve(&cx, request).await })
    }

    fn migrate(&self, call: Call) -> Answer {
        self.run(call, |plugin, cx, request: MigrateRequest| async move { plugin.migrate(&cx, request).await })
    }

    fn ping(&self) -> FfiFuture<()> {
        std::future::ready(()).into_ffi()
    }
}

impl<P: AuthPlugin> Drop for Inside<P> {
    fn drop(&mut self) {
        // A panic has nowhere to go: no lender lives this long.
        let _ = guard::catch(|| drop(self.plugin.take()));
    }
}

/// What the host lends, as a native lender.
struct Borrowed {
    lending: LendingBox,
}

impl Lender for Borrowed {
    fn log(&self, level: Level, message: &str, fields: &Value) {
        let fields = fields.to_string();
        self.lending.log(level as u8, RStr::from_str(message), RSlice::from_slice(fields.as_bytes()));
    }

    fn now_ms(&self) -> u64 {
        self.lending.now_ms()
    }

    fn http(&self, request: HttpRequest) -> Lent<Result<HttpReply, HttpFault>> {
        let answer = parcel::pack(request).map(|request| self.lending.http(request));
        Box::pin(async move {
            match answer.map_err(unlent)?.await {
                RResult::ROk(reply) => parcel::unpack(reply).map_err(unlent),
                RResult::RErr(fault) => Err(parcel::decode(fault.as_rslice()).unwrap_or_else(unlent)),
            }
        })
    }

    fn sleep(&self, duration: Duration) -> Lent<()> {
        Box::pin(self.lending.sleep(nanoseconds(duration)))
    }

    fn cache_claim(&self, key: &str) -> Lent<CacheClaim> {
        let claimed = self.lending.cache_claim(RStr::from_str(key));
        Box::pin(async move {
            let claimed = claimed.await;
            match claimed.value {
                ROption::RSome(value) => CacheClaim::Hit(parcel::copied(&value)),
                ROption::RNone => CacheClaim::Lease(claimed.lease),
            }
        })
    }

    fn cache_settle(&self, key: &str, lease: u64, value: Option<(Vec<u8>, Duration)>) {
        let (value, time_to_live) = match value {
            Some((value, time_to_live)) => (ROption::RSome(Bytes::from(value)), nanoseconds(time_to_live)),
            None => (ROption::RNone, 0),
        };
        self.lending.cache_settle(RStr::from_str(key), lease, value, time_to_live);
    }

    fn cache_forget(&self, key: &str) {
        self.lending.cache_forget(RStr::from_str(key));
    }

    fn random(&self, bytes: &mut [u8]) -> Result<(), Fault> {
        if self.lending.random(RSliceMut::from_mut_slice(bytes)) { Ok(()) } else { Err(no_randomness()) }
    }
}

fn outcome(result: Result<Parcel, Fault>) -> Outcome {
    match result {
        Ok(parcel) => RResult::ROk(parcel),
        Err(fault) => RResult::RErr(parcel::fault_bytes(&fault)),
    }
}

/// A message of the lent client that could not be read or written.
fn unlent(fault: Fault) -> HttpFault {
    HttpFault { kind: HttpFaultKind::Broken, detail: fault.to_string() }
}

/// Longer than 584 years is for ever.
fn nanoseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}
