//! As much HTTP as the demo needs: one request, and its answer.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// How long one request may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// Header and body as they are on the wire.
    text: String,
}

impl Answer {
    /// Whether `text` is in it.
    pub(crate) fn has(&self, text: &str) -> bool {
        self.text.contains(text)
    }
}

/// Sends a request with a JSON body to `base`, which is `http://IP:PORT`.
pub(crate) fn send(method: &str, base: &str, path: &str, body: &str) -> io::Result<Answer> {
    let host = base.trim_start_matches("http://").trim_end_matches('/');
    let address: SocketAddr = host.parse().map_err(|_| io::Error::other(format!("{base} is no address")))?;
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let length = body.len();
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nContent-Type: application/json\r\n\
         Content-Length: {length}\r\n\r\n{body}"
    )?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer)?;
    let status = status(&answer).ok_or_else(|| io::Error::other("that is no HTTP answer"))?;
    Ok(Answer { status, text: String::from_utf8_lossy(&answer).into_owned() })
}

fn status(answer: &[u8]) -> Option<u16> {
    let first_line = answer.split(|byte| *byte == b'\r').next()?;
    std::str::from_utf8(first_line).ok()?.split(' ').nth(1)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_status_is_the_second_word() {
        assert_eq!(status(b"HTTP/1.1 204 No Content\r\n\r\n"), Some(204));
        assert_eq!(status(b"hello"), None);
    }
}
