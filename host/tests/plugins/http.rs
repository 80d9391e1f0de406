//! The lent client against servers that misbehave.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use gatehouse::outbound::{Outbound, OutboundLimits};
use plugin_api::{HttpFaultKind, HttpReply, HttpRequest};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

fn limits() -> OutboundLimits {
    OutboundLimits {
        connect: Duration::from_millis(300),
        total: Duration::from_millis(800),
        body: 1_024,
        allow_loopback: true,
        private: Vec::new(),
    }
}

/// A server on loopback that reads a request and then does as `answer` says. Counts its connections.
async fn server<F>(answer: impl Fn(TcpStream, String) -> F + Send + Sync + 'static) -> (String, Arc<AtomicU32>)
where
    F: Future<Output = ()> + Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let connections = Arc::new(AtomicU32::new(0));
    let count = Arc::clone(&connections);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            count.fetch_add(1, Ordering::SeqCst);
            let mut request = vec![0; 4_096];
            let read = stream.read(&mut request).await.unwrap_or_default();
            tokio::spawn(answer(stream, String::from_utf8_lossy(&request[..read]).into_owned()));
        }
    });
    (address, connections)
}

async fn says(answer: &'static str) -> (String, Arc<AtomicU32>) {
    server(move |mut stream, _| async move {
        let _ = stream.write_all(answer.as_bytes()).await;
    })
    .await
}

async fn get(address: &str) -> Result<HttpReply, HttpFaultKind> {
    let started = Instant::now();
    let outcome = Outbound::new(limits()).send(HttpRequest::get(address)).await.map_err(|fault| fault.kind);
    assert!(started.elapsed() < Duration::from_secs(3), "within the deadline");
    outcome
}

#[tokio::test]
async fn an_answer_of_any_status_is_an_answer() {
    let (address, _) = says("HTTP/1.1 503 Busy\r\nX-Trace: 7\r\nContent-Length: 2\r\n\r\nno").await;
    let reply = get(&address).await.unwrap();
    assert_eq!((reply.status, reply.body.as_slice()), (503, &b"no"[..]));
    assert_eq!(reply.headers.get("x-trace").map(String::as_str), Some("7"));
}

#[tokio::test]
async fn requests_say_little_about_us() {
    let (address, _) = server(|mut stream, request| async move {
        let answer = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n{request}", request.len());
        let _ = stream.write_all(answer.as_bytes()).await;
    })
    .await;
    let request = HttpRequest::post_json(format!("{address}/token"), &serde_json::json!({ "code": "c" }));
    let reply = Outbound::new(limits()).send(request).await.unwrap();
    let sent = String::from_utf8(reply.body).unwrap().to_lowercase();
    assert!(sent.starts_with("post /token http/1.1\r\n"), "{sent}");
    assert!(
        sent.contains("content-type: application/json\r\n") && sent.contains("user-agent: gatehouse\r\n"),
        "{sent}"
    );
    assert!(!sent.contains("accept-encoding") && !sent.contains("cookie") && !sent.contains("referer"), "{sent}");
}

#[tokio::test]
async fn redirects_are_not_followed() {
    let (inner, visits) = says("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret").await;
    let (outer, _) = server(move |mut stream, _| {
        let answer = format!("HTTP/1.1 302 Found\r\nLocation: {inner}/\r\nContent-Length: 0\r\n\r\n");
        async move {
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    })
    .await;
    assert_eq!(get(&outer).await.map(|reply| reply.status), Ok(302));
    assert_eq!(visits.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn large_answers_are_cut_off() {
    let (declared, _) = says("HTTP/1.1 200 OK\r\nContent-Length: 1025\r\n\r\n").await;
    assert_eq!(get(&declared).await.err(), Some(HttpFaultKind::TooLarge));
    let (endless, _) = server(|mut stream, _| async move {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n").await;
        while stream.write_all(b"5\r\nhello\r\n").await.is_ok() {}
    })
    .await;
    assert_eq!(get(&endless).await.err(), Some(HttpFaultKind::TooLarge));
}

#[tokio::test]
async fn packed_answers_are_not_unpacked() {
    let (address, _) = says("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc").await;
    assert_eq!(get(&address).await.err(), Some(HttpFaultKind::Broken));
}

#[tokio::test]
async fn slow_answers_meet_the_deadline() {
    let (silent, _) = server(|stream, _| async move {
        tokio::time::sleep(Duration::from_secs(5)).await;
        drop(stream);
    })
    .await;
    assert_eq!(get(&silent).await.err(), Some(HttpFaultKind::Timeout));
    let (dripping, _) = server(|mut stream, _| async move {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n").await;
        while stream.write_all(b"x").await.is_ok() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    })
    .await;
    assert_eq!(get(&dripping).await.err(), Some(HttpFaultKind::Timeout));
}

#[tokio::test]
async fn broken_answers_are_not_repeated() {
    for answer in ["", "hello\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"] {
        let (address, connections) = says(answer).await;
        assert_eq!(get(&address).await.err(), Some(HttpFaultKind::Broken), "{answer:?}");
        assert_eq!(connections.load(Ordering::SeqCst), 1, "{answer:?}");
    }
}

#[tokio::test]
async fn nobody_there() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    assert_eq!(get(&address).await.err(), Some(HttpFaultKind::Connect));
}

#[tokio::test]
async fn private_addresses_are_not_called() {
    let (address, connections) = says("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").await;
    let strict = Outbound::new(OutboundLimits { allow_loopback: false, ..limits() });
    let by_name = address.replace("http://127.0.0.1", "https://localhost");
    for address in [&address, &address.replace("http:", "https:"), &by_name] {
        let fault = strict.send(HttpRequest::get(address)).await.unwrap_err();
        assert_eq!(fault.kind, HttpFaultKind::NotAllowed, "{address}: {}", fault.detail);
    }
    assert_eq!(connections.load(Ordering::SeqCst), 0);
}
