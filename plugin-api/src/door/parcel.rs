//! Native values to messages and back.

use abi_stable::std_types::{ROption, RResult, RSlice};
use async_ffi::FutureExt;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::interface::{Answer, Bytes, Parcel};
use crate::{
    About, AuthenticatorType, BeginReply, BeginRequest, Callback, Fault, FaultKind, Finding, HttpFault, HttpReply,
    HttpRequest, Identity, MigrateRequest, Resolution, ResolveRequest,
};

/// The largest head that is read, in bytes. Forms with their texts and icons are the largest there are.
const HEAD_CAP: usize = 4 << 20;

/// A value that crosses the door.
pub(super) trait Portable: Serialize + DeserializeOwned {
    /// Takes the raw bytes out, so that they travel beside the JSON.
    fn take_bytes(&mut self) -> Option<Vec<u8>> {
        None
    }

    /// Puts the raw bytes back.
    fn put_bytes(&mut self, bytes: Vec<u8>) {
        drop(bytes);
    }

    /// What an argument says about the authenticator.
    fn about(&self) -> About {
        About::default()
    }
}

impl Portable for BeginRequest {
    fn about(&self) -> About {
        About::of(&self.authenticator_type, &self.redirect_uri)
    }
}

impl Portable for About {
    fn about(&self) -> About {
        self.clone()
    }
}

impl Portable for ResolveRequest {
    fn about(&self) -> About {
        About::of(&self.authenticator_type, "")
    }
}

impl Portable for MigrateRequest {
    fn about(&self) -> About {
        About::of(&self.authenticator_type, "")
    }
}

impl Portable for Value {}
impl Portable for Vec<Resolution> {}
impl Portable for Identity {}
impl Portable for Vec<AuthenticatorType> {}
impl Portable for Vec<Finding> {}
impl Portable for Fault {}
impl Portable for HttpFault {}

impl Portable for HttpRequest {
    fn take_bytes(&mut self) -> Option<Vec<u8>> {
        self.body.take()
    }

    fn put_bytes(&mut self, bytes: Vec<u8>) {
        self.body = Some(bytes);
    }
}

impl Portable for HttpReply {
    fn take_bytes(&mut self) -> Option<Vec<u8>> {
        Some(std::mem::take(&mut self.body))
    }

    fn put_bytes(&mut self, bytes: Vec<u8>) {
        self.body = bytes;
    }
}

impl Portable for BeginReply {
    fn take_bytes(&mut self) -> Option<Vec<u8>> {
        Some(std::mem::take(&mut self.memo))
    }

    fn put_bytes(&mut self, bytes: Vec<u8>) {
        self.memo = bytes;
    }
}

impl Portable for Callback {
    fn about(&self) -> About {
        About::of(&self.authenticator_type, &self.redirect_uri)
    }

    fn take_bytes(&mut self) -> Option<Vec<u8>> {
        Some(std::mem::take(&mut self.memo))
    }

    fn put_bytes(&mut self, bytes: Vec<u8>) {
        self.memo = bytes;
    }
}

/// Packs `value`.
///
/// # Errors
/// [`FaultKind::Internal`] when it is no JSON.
pub(super) fn pack(mut value: impl Portable) -> Result<Parcel, Fault> {
    let body = value.take_bytes().map(Bytes::from);
    Ok(Parcel { head: encode(&value)?, body: ROption::from(body) })
}

/// Unpacks what [`pack`] packed on the other side.
///
/// # Errors
/// [`FaultKind::Internal`] when it is something else.
pub(super) fn unpack<T: Portable>(parcel: Parcel) -> Result<T, Fault> {
    let mut value: T = decode(parcel.head.as_rslice())?;
    if let ROption::RSome(body) = parcel.body {
        value.put_bytes(copied(&body));
    }
    Ok(value)
}

/// `value` as JSON.
///
/// # Errors
/// [`FaultKind::Internal`] when it is no JSON.
pub(super) fn encode(value: &impl Serialize) -> Result<Bytes, Fault> {
    let json = serde_json::to_vec(value).map_err(|error| unreadable("cannot be written as JSON", &error))?;
    Ok(Bytes::from(json))
}

/// JSON as a value.
///
/// # Errors
/// [`FaultKind::Internal`] when it is too large or something else.
pub(super) fn decode<T: DeserializeOwned>(json: RSlice<'_, u8>) -> Result<T, Fault> {
    if json.len() > HEAD_CAP {
        return Err(Fault::new(FaultKind::Internal, "a message across the door is too large"));
    }
    serde_json::from_slice(json.as_slice()).map_err(|error| unreadable("cannot be read", &error))
}

/// A fault as it crosses the door.
pub(super) fn fault_bytes(fault: &Fault) -> Bytes {
    encode(fault).unwrap_or_default()
}

/// The answer of a plug-in that was built before the method was there.
pub(super) fn not_there() -> Answer {
    let fault = Fault::new(FaultKind::Misconfigured, "the plug-in was built before this method was there");
    std::future::ready(RResult::RErr(fault_bytes(&fault))).into_ffi()
}

/// A copy in memory of this side. `RVec::into_vec` may adopt the other side's allocation when both were built alike,
/// and the two may have different allocators.
pub(super) fn copied(bytes: &Bytes) -> Vec<u8> {
    bytes.as_slice().to_vec()
}

/// Line and column only: the text of the error may quote a secret.
fn unreadable(what: &str, error: &serde_json::Error) -> Fault {
    let place = format!("{:?} at line {} column {}", error.classify(), error.line(), error.column());
    Fault::new(FaultKind::Internal, format!("a message across the door {what}: {place}"))
}
