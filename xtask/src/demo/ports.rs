//! Which ports the demo uses: the same ones every time if possible, so that bookmarks keep working.

use std::net::{Ipv4Addr, TcpListener};

use super::PORT;
use crate::failure::Failure;

/// The port that was asked for, or the usual one, or any.
pub(crate) fn choose(wanted: Option<u16>) -> Result<u16, Failure> {
    match wanted {
        Some(port) if is_free(port) => Ok(port),
        Some(port) => Err(Failure::new(format!("port {port} is in use; leave out --port to take a free one"))),
        None if is_free(PORT) => Ok(PORT),
        None => any().map_err(|error| Failure::new(format!("no free port: {error}"))),
    }
}

/// `port`, or 0 (which stands for any) if it is in use.
pub(crate) fn preferred(port: u16) -> u16 {
    if is_free(port) { port } else { 0 }
}

fn is_free(port: u16) -> bool {
    TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok()
}

fn any() -> std::io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}
