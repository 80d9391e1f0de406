//! The layouts that cross the door. They *are* the contract of major version 1.
//!
//! How they may change, so that every host of major version 1 opens every plug-in of major version 1:
//! * [`Root`], [`Instance`] and [`Lending`] grow at the end only. `last_prefix_field` stays where version 1.0 put it.
//!   A field added to [`Root`] is `#[sabi(missing_field(option))]`; a method added to a trait has a default body.
//! * The plain structs are frozen. What grows is the JSON inside them: optional fields, and readers that ignore what
//!   they do not know.
#![expect(non_local_definitions, reason = "sabi_trait implements foreign traits inside a constant of its own")]
#![cfg_attr(not(feature = "host"), expect(dead_code, reason = "only a host reads the table"))]
#![expect(unused_qualifications, reason = "sabi_trait repeats the supertraits with their full paths")]

use abi_stable::library::RootModule;
use abi_stable::sabi_types::VersionStrings;
use abi_stable::std_types::{RBox, ROption, RResult, RSlice, RSliceMut, RStr, RVec};
use abi_stable::{StableAbi, sabi_trait};
use async_ffi::FfiFuture;

use super::parcel;

/// JSON text or raw bytes; allocated and freed by the side that made it.
pub(super) type Bytes = RVec<u8>;

/// What a call into a plug-in comes to: a parcel, or a [`Fault`](crate::Fault) as JSON.
pub(super) type Outcome = RResult<Parcel, Bytes>;

/// A call into a plug-in that is under way; dropping it cancels it.
pub(super) type Answer = FfiFuture<Outcome>;

/// The plug-in, as the host holds it.
pub(super) type InstanceBox = Instance_TO<'static, RBox<()>>;

/// What the host lends, as the plug-in holds it for the length of one call.
pub(super) type LendingBox = Lending_TO<'static, RBox<()>>;

/// The table that a library exports under the root symbol; one per loaded copy.
#[repr(C)]
#[derive(StableAbi)]
#[sabi(kind(Prefix(prefix_ref = RootRef, prefix_fields = RootPrefix)))]
pub(super) struct Root {
    /// What the build section says, for a host that holds a loaded library instead of a file.
    pub(super) build: RStr<'static>,
    /// Makes the plug-in, or answers a [`Fault`](crate::Fault) as JSON.
    #[sabi(last_prefix_field)]
    pub(super) create: extern "C" fn() -> RResult<InstanceBox, Bytes>,
}

impl RootModule for RootRef {
    abi_stable::declare_root_module_statics! {RootRef}
    const BASE_NAME: &'static str = "gatehouse_plugin";
    const NAME: &'static str = "gatehouse_plugin";
    const VERSION_STRINGS: VersionStrings = abi_stable::package_version_strings!();
}

/// One message: a head as JSON, and raw bytes beside it where there are some (a body, a memo).
#[repr(C)]
#[derive(StableAbi)]
pub(super) struct Parcel {
    /// JSON.
    pub(super) head: Bytes,
    /// Raw bytes that would only grow and slow down inside JSON.
    pub(super) body: ROption<Bytes>,
}

/// A call into a plug-in.
#[repr(C)]
#[derive(StableAbi)]
pub(super) struct Call {
    /// The settings of the authenticator as JSON.
    pub(super) settings: Bytes,
    /// The method's own argument; `{}` where it has none.
    pub(super) request: Parcel,
    /// What the host lends for this call.
    pub(super) lending: LendingBox,
}

/// The answer of [`Lending::cache_claim`]: the value, or the lease to make it.
#[repr(C)]
#[derive(StableAbi)]
pub(super) struct Claimed {
    /// The value, if it was there.
    pub(super) value: ROption<Bytes>,
    /// Otherwise the lease.
    pub(super) lease: u64,
}

/// A plug-in, called by the host. See [`crate::AuthPlugin`].
#[sabi_trait]
pub(super) trait Instance: Send + Sync {
    /// See [`crate::AuthPlugin::authenticator_types`].
    fn authenticator_types(&self) -> Outcome;
    /// See [`crate::AuthPlugin::begin`].
    fn begin(&self, call: Call) -> Answer;
    /// See [`crate::AuthPlugin::finish`].
    fn finish(&self, call: Call) -> Answer;
    /// See [`crate::AuthPlugin::check`].
    fn check(&self, call: Call) -> Answer;
    /// Answers at once.
    #[sabi(last_prefix_field)]
    fn ping(&self) -> FfiFuture<()>;
    /// See [`crate::AuthPlugin::resolve`]; since 1.1.
    fn resolve(&self, _call: Call) -> Answer {
        parcel::not_there()
    }
    /// See [`crate::AuthPlugin::migrate`]; since 1.2.
    fn migrate(&self, _call: Call) -> Answer {
        parcel::not_there()
    }
}

/// The host, called by a plug-in. See [`crate::Lender`].
#[sabi_trait]
pub(super) trait Lending: Send + Sync {
    /// `level`: 0 error, 1 warning, 2 information, 3 debug. `fields`: JSON.
    fn log(&self, level: u8, message: RStr<'_>, fields: RSlice<'_, u8>);
    /// Milliseconds since 1970-01-01 UTC.
    fn now_ms(&self) -> u64;
    /// An [`HttpReply`](crate::HttpReply), or an [`HttpFault`](crate::HttpFault) as JSON.
    fn http(&self, request: Parcel) -> Answer;
    /// Returns after so many nanoseconds.
    fn sleep(&self, nanoseconds: u64) -> FfiFuture<()>;
    /// See [`crate::Lender::cache_claim`].
    fn cache_claim(&self, key: RStr<'_>) -> FfiFuture<Claimed>;
    /// See [`crate::Lender::cache_settle`]; the time to live is in nanoseconds.
    fn cache_settle(&self, key: RStr<'_>, lease: u64, value: ROption<Bytes>, time_to_live: u64);
    /// See [`crate::Lender::cache_forget`].
    #[sabi(last_prefix_field)]
    fn cache_forget(&self, key: RStr<'_>);
    /// See [`crate::Lender::random`]; since 1.2. Whether the bytes were filled: a host before it never does.
    fn random(&self, _bytes: RSliceMut<'_, u8>) -> bool {
        false
    }
}
