//! The door: how a call gets from the host into a library file and back.
//!
//! Host and plug-in are compiled apart, perhaps by different compilers, so no Rust type of either may be seen by the
//! other. What crosses are the few C layouts of [`interface`]: tables of functions, and messages of JSON with raw
//! bytes beside it ([`parcel`]). Each side has an adapter that hides this: inside the plug-in, [`inside`] turns a
//! native [`AuthPlugin`](crate::AuthPlugin) into the table and the host's table into a native
//! [`Lender`](crate::Lender); in the host, [`outside`] does the reverse, and [`open`] fetches the table from a file.
//! Every entry is guarded: a panic on one side is an ordinary error on the other.
//!
//! This folder is the only place that names `abi_stable`, `async_ffi` or `libloading`.

pub(crate) mod inside;
mod interface;
#[cfg(feature = "host")]
pub(crate) mod open;
#[cfg(feature = "host")]
mod outside;
mod parcel;

pub use abi_stable::library::LibHeader;
