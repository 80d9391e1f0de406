//! A TCP stream that can be ended with a reset instead of a farewell.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// How a connection is to end; shared between the connection and the requests on it.
#[derive(Default)]
pub(super) struct WireEnd {
    reset: AtomicBool,
}

impl WireEnd {
    /// From now on, closing means resetting.
    pub(super) fn arm(&self) {
        self.reset.store(true, Ordering::Relaxed);
    }

    fn is_armed(&self) -> bool {
        self.reset.load(Ordering::Relaxed)
    }
}

/// The stream.
pub(super) struct Wire {
    stream: TcpStream,
    end: Arc<WireEnd>,
}

impl Wire {
    pub(super) fn new(stream: TcpStream, end: Arc<WireEnd>) -> Self {
        Self { stream, end }
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        if self.end.is_armed() {
            // Closing a socket with no time to linger discards what is unsent and sends RST.
            let _ = self.stream.set_zero_linger();
        }
    }
}

impl AsyncRead for Wire {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.end.is_armed() {
            return Poll::Ready(Ok(()));
        }
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(cx, bytes)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
}
