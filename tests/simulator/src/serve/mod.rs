//! The sockets: a listener on loopback, and a task for every connection.

mod wire;

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::response::Response;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tower::ServiceExt;

use crate::control;
use crate::front::{self, Cut, Peer};
use crate::world::World;
use wire::{Wire, WireEnd};

/// Serves connections until the task is dropped, which drops all of them.
pub(crate) async fn run(listener: TcpListener, world: Arc<World>) {
    let router = control::router().fallback(front::serve).with_state(world);
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => { connections.spawn(connection(stream, peer, router.clone())); }
                // Out of file descriptors, most likely: give the connections that are open time to end.
                Err(_) => tokio::time::sleep(std::time::Duration::from_millis(20)).await,
            },
            Some(_) = connections.join_next() => {}
        }
    }
}

async fn connection(stream: TcpStream, peer: SocketAddr, router: Router) {
    // Without this, dripping bytes would be collected by the kernel.
    let _ = stream.set_nodelay(true);
    let end = Arc::new(WireEnd::default());
    let wire = Wire::new(stream, Arc::clone(&end));
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let (router, end) = (router.clone(), Arc::clone(&end));
        async move { answer(router, &end, peer, request).await }
    });
    let mut builder = http1::Builder::new();
    // An error here is a client that hung up or a cut that was asked for.
    let _ = builder.timer(TokioTimer::new()).serve_connection(TokioIo::new(wire), service).await;
}

/// An answer; or an error, on which hyper gives the connection up without writing.
async fn answer(
    router: Router,
    end: &WireEnd,
    peer: SocketAddr,
    request: hyper::Request<Incoming>,
) -> io::Result<Response> {
    let mut request: Request = request.map(Body::new);
    request.extensions_mut().insert(Peer(peer.ip()));
    let response = router.oneshot(request).await.unwrap_or_else(|never: Infallible| match never {});
    match response.extensions().get::<Cut>() {
        None => Ok(response),
        Some(cut) => {
            if *cut == Cut::Reset {
                end.arm();
            }
            Err(io::ErrorKind::ConnectionAborted.into())
        }
    }
}
