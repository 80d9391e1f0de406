//! One keep-alive connection, the cheapest way to load a server honestly.

use std::net::SocketAddr;

use axum::body::{Body, Bytes, to_bytes};
use hyper::client::conn::http1::{self, SendRequest};
use hyper::header::HOST;
use hyper::{HeaderMap, Request, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::Outcome;

/// Larger than any page or file.
const LARGEST_BODY: usize = 4 << 20;

/// A connection to `address`.
pub(crate) struct Line {
    address: SocketAddr,
    sender: SendRequest<String>,
}

/// A complete answer.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

impl Line {
    pub(crate) async fn open(address: SocketAddr) -> Outcome<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
        // It ends when the sender is dropped; its errors are those of the requests.
        tokio::spawn(connection);
        Ok(Self { address, sender })
    }

    /// Sends one request and reads its whole answer.
    pub(crate) async fn send(&mut self, mut request: Request<String>) -> Outcome<Answer> {
        request.headers_mut().insert(HOST, self.address.to_string().try_into()?);
        self.sender.ready().await?;
        let (head, body) = self.sender.send_request(request).await?.into_parts();
        let body = to_bytes(Body::new(body), LARGEST_BODY).await?;
        Ok(Answer { status: head.status, headers: head.headers, body })
    }
}

impl Answer {
    /// The value of a header field, or an error that names it.
    pub(crate) fn header(&self, name: &str) -> Outcome<&str> {
        let value = self.headers.get(name).ok_or_else(|| format!("an answer has no field {name}"))?;
        Ok(value.to_str()?)
    }

    /// The answer, if it has the status `wanted`.
    pub(crate) fn expect_status(self, wanted: StatusCode, step: &str) -> Outcome<Self> {
        if self.status == wanted {
            Ok(self)
        } else {
            Err(format!("{step}: {} instead of {wanted}", self.status).into())
        }
    }
}
