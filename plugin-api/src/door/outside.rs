//! The host's side: the library's table becomes a native handle, the host's native lender becomes a table.

use std::sync::Arc;
use std::time::Duration;

use abi_stable::sabi_trait::TD_Opaque;
use abi_stable::std_types::{ROption, RResult, RSlice, RSliceMut, RStr};
use async_ffi::{FfiFuture, FutureExt};
use serde_json::Value;

use super::interface::{Answer, Bytes, Call, Claimed, InstanceBox, Lending, LendingBox, Outcome, Parcel};
use super::parcel::{self, Portable};
use crate::answers;
use crate::guard::{self, Guarded, Panic};
use crate::{
    About, AuthenticatorType, BeginReply, BeginRequest, CacheClaim, Callback, Fault, FaultKind, Finding, HttpFault,
    HttpFaultKind, Identity, Lender, Lent, Level, MigrateRequest, PluginHandle, Resolution, ResolveRequest,
};

/// A plug-in behind the door.
pub(super) struct Outside {
    /// Shared with the futures, which may outlive the handle.
    instance: Arc<InstanceBox>,
}

impl Outside {
    pub(super) fn new(instance: InstanceBox) -> Self {
        Self { instance: Arc::new(instance) }
    }

    /// Runs one asynchronous method. Nothing happens before the first poll, so that all of it happens on the runtime
    /// that polls.
    fn run<A, T>(
        &self,
        settings: Value,
        lender: Arc<dyn Lender>,
        argument: A,
        method: impl FnOnce(&InstanceBox, Call) -> Answer + Send + 'static,
    ) -> Lent<Result<T, Fault>>
    where
        A: Portable + Send + 'static,
        T: Portable + answers::Answer + Send + 'static,
    {
        let instance = Arc::clone(&self.instance);
        let future = async move {
            let lending = LendingBox::from_value(Loan { lender: Some(lender) }, TD_Opaque);
            let call = Call { settings: parcel::encode(&settings)?, request: parcel::pack(argument)?, lending };
            read::<T>(method(&instance, call).await)?.checked()
        };
        Box::pin(Guarded::new(future, |panic| Err(broke(&panic))))
    }
}

impl PluginHandle for Outside {
    fn authenticator_types(&self) -> Result<Vec<AuthenticatorType>, Fault> {
        guard::catch(|| read(self.instance.authenticator_types())).unwrap_or_else(|panic| Err(broke(&panic)))
    }

    fn begin(
        &self,
        settings: Value,
        lender: Arc<dyn Lender>,
        request: BeginRequest,
    ) -> Lent<Result<BeginReply, Fault>> {
        self.run(settings, lender, request, |instance, call| instance.begin(call))
    }

    fn finish(&self, settings: Value, lender: Arc<dyn Lender>, callback: Callback) -> Lent<Result<Identity, Fault>> {
        self.run(settings, lender, callback, |instance, call| instance.finish(call))
    }

    fn check(&self, settings: Value, lender: Arc<dyn Lender>, about: About) -> Lent<Result<Vec<Finding>, Fault>> {
        self.run(settings, lender, about, |instance, call| instance.check(call))
    }

    fn resolve(
        &self,
        settings: Value,
        lender: Arc<dyn Lender>,
        request: ResolveRequest,
    ) -> Lent<Result<Vec<Resolution>, Fault>> {
        let asked = request.values.len();
        let answer = self.run(settings, lender, request, |instance, call| instance.resolve(call));
        Box::pin(async move { answers::of_all(answer.await?, asked) })
    }

    fn migrate(&self, settings: Value, lender: Arc<dyn Lender>, request: MigrateRequest) -> Lent<Result<Value, Fault>> {
        self.run(settings, lender, request, |instance, call| instance.migrate(call))
    }

    fn ping(&self) -> Lent<Result<(), Fault>> {
        let instance = Arc::clone(&self.instance);
        let future = async move {
            instance.ping().await;
            Ok(())
        };
        Box::pin(Guarded::new(future, |panic| Err(broke(&panic))))
    }
}

fn read<T: Portable>(outcome: Outcome) -> Result<T, Fault> {
    match outcome {
        RResult::ROk(parcel) => parcel::unpack(parcel),
        RResult::RErr(fault) => Err(fault_from(&fault)),
    }
}

/// A fault as it came across the door.
pub(super) fn fault_from(json: &Bytes) -> Fault {
    let unreadable = |fault: Fault| fault.during("the plug-in failed, and not even its fault can be read");
    parcel::decode(json.as_rslice()).map_or_else(unreadable, Fault::clamped)
}

/// A library that the export macro made catches its own panics; this one came from elsewhere.
fn broke(panic: &Panic) -> Fault {
    Fault::new(FaultKind::Internal, format!("a call across the door {panic}"))
}

/// The host's lender behind a table. A panic of the host's own must not cross the door either.
struct Loan {
    /// Empty only while it is dropped.
    lender: Option<Arc<dyn Lender>>,
}

impl Loan {
    /// Calls the lender; after a panic there is no value.
    fn with<T>(&self, call: impl FnOnce(&dyn Lender) -> T) -> Option<T> {
        guard::catch(|| self.lender.as_deref().map(call)).ok().flatten()
    }

    /// Calls the lender and guards the future that it gives; after a panic in either, `fallback` is the output.
    fn future<T: Send + 'static>(&self, call: impl FnOnce(&dyn Lender) -> Lent<T>, fallback: fn() -> T) -> Lent<T> {
        match self.with(call) {
            Some(future) => Box::pin(Guarded::new(future, move |_| fallback())),
            None => Box::pin(std::future::ready(fallback())),
        }
    }
}

impl Lending for Loan {
    fn log(&self, level: u8, message: RStr<'_>, fields: RSlice<'_, u8>) {
        let level = match level {
            0 => Level::Error,
            1 => Level::Warn,
            2 => Level::Info,
            _ => Level::Debug,
        };
        let fields: Value = parcel::decode(fields).unwrap_or_default();
        self.with(|lender| lender.log(level, message.as_str(), &fields));
    }

    fn now_ms(&self) -> u64 {
        self.with(Lender::now_ms).unwrap_or_default()
    }

    fn http(&self, request: Parcel) -> Answer {
        let request = match parcel::unpack(request) {
            Ok(request) => request,
            Err(fault) => return std::future::ready(refused(fault.to_string())).into_ffi(),
        };
        let lost = || Err(HttpFault { kind: HttpFaultKind::Broken, detail: "the host failed".to_owned() });
        let reply = self.future(|lender| lender.http(request), lost);
        async move {
            match reply.await.map(parcel::pack) {
                Ok(Ok(parcel)) => RResult::ROk(parcel),
                Ok(Err(fault)) => refused(fault.to_string()),
                Err(fault) => RResult::RErr(parcel::encode(&fault).unwrap_or_default()),
            }
        }
        .into_ffi()
    }

    fn sleep(&self, nanoseconds: u64) -> FfiFuture<()> {
        self.future(|lender| lender.sleep(Duration::from_nanos(nanoseconds)), || ()).into_ffi()
    }

    fn cache_claim(&self, key: RStr<'_>) -> FfiFuture<Claimed> {
        // Without a cache, everybody makes their own value: nobody else has this lease, so settling it does nothing.
        let claim = self.future(|lender| lender.cache_claim(key.as_str()), || CacheClaim::Lease(u64::MAX));
        async move {
            match claim.await {
                CacheClaim::Hit(value) => Claimed { value: ROption::RSome(Bytes::from(value)), lease: 0 },
                CacheClaim::Lease(lease) => Claimed { value: ROption::RNone, lease },
            }
        }
        .into_ffi()
    }

    fn cache_settle(&self, key: RStr<'_>, lease: u64, value: ROption<Bytes>, time_to_live: u64) {
        let value = value.into_option().map(|value| (parcel::copied(&value), Duration::from_nanos(time_to_live)));
        self.with(|lender| lender.cache_settle(key.as_str(), lease, value));
    }

    fn cache_forget(&self, key: RStr<'_>) {
        self.with(|lender| lender.cache_forget(key.as_str()));
    }

    fn random(&self, bytes: RSliceMut<'_, u8>) -> bool {
        self.with(|lender| lender.random(bytes.into_mut_slice()).is_ok()).unwrap_or_default()
    }
}

impl Drop for Loan {
    fn drop(&mut self) {
        // The host's hook has printed it; there is nobody else to tell.
        let _ = guard::catch(|| drop(self.lender.take()));
    }
}

/// A request or reply that could not be read or written.
fn refused(detail: String) -> Outcome {
    RResult::RErr(parcel::encode(&HttpFault { kind: HttpFaultKind::Broken, detail }).unwrap_or_default())
}
