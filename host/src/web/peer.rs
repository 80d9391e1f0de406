//! Where a request comes from, and with which session.

use std::net::{IpAddr, SocketAddr};

use axum::extract::ConnectInfo;
use http::Extensions;
use http::HeaderMap;
use ipnet::IpNet;
use plugin_api::Channel;

/// Who stands at the door, before anybody knows who they are.
#[derive(Clone, Debug, Default)]
pub(crate) struct Caller {
    /// Hash of the session id that came along, if it was good; a completed sign-in ends that session.
    pub(crate) presented: Option<String>,
    /// The client's address, for the journal.
    pub(crate) address: Option<IpAddr>,
    /// Which way a provider's code came, for the journal; `None` where there is none.
    pub(crate) channel: Option<Channel>,
}

impl Caller {
    /// The address as the journal keeps it.
    pub(crate) fn address_text(&self) -> Option<String> {
        self.address.map(|ip| ip.to_string())
    }
}

/// The client's address: that of the TCP peer, unless the peer is a trusted proxy; then the right-most address in
/// `X-Forwarded-For` that is not one. Anything unreadable in the list ends the search at the last address that was
/// still vouched for.
pub(crate) fn client(extensions: &Extensions, headers: &HeaderMap, trusted: &[IpNet]) -> Option<IpAddr> {
    let peer = extensions.get::<ConnectInfo<SocketAddr>>()?.0.ip().to_canonical();
    let is_trusted = |ip: IpAddr| trusted.iter().any(|net| net.contains(&ip));
    let mut client = peer;
    let lines: Vec<&str> = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok()).collect();
    for hop in lines.iter().rev().flat_map(|line| line.rsplit(',')) {
        if !is_trusted(client) {
            break;
        }
        match hop.trim().parse::<IpAddr>() {
            Ok(ip) => client = ip.to_canonical(),
            Err(_) => break,
        }
    }
    Some(client)
}
