//! A stand-in for the server where people have their accounts, to try the plug-in on this machine:
//! `cargo run --example provider 127.0.0.1:9000`.
//!
//! Everybody who comes is Lin Xiaoman; there is no page to click through. It knows one application, `gatehouse`, with
//! the secret `not-a-real-secret`, and one code, which it takes as often as it is shown. It is nothing to put on a
//! network.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};

fn main() -> std::io::Result<()> {
    let address = std::env::args().nth(1);
    let listener = TcpListener::bind(address.as_deref().unwrap_or("127.0.0.1:9000"))?;
    println!("listening on http://{}", listener.local_addr()?);
    for stream in listener.incoming() {
        // A browser that breaks off is no reason to stop.
        if let Err(error) = stream.and_then(answer) {
            eprintln!("{error}");
        }
    }
    Ok(())
}

fn answer(mut stream: TcpStream) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let (mut first, mut length) = (String::new(), 0);
    reader.read_line(&mut first)?;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let line = line.trim().to_ascii_lowercase();
        match line.strip_prefix("content-length:") {
            Some(value) => length = value.trim().parse().unwrap_or(0),
            None if line.is_empty() => break,
            None => {}
        }
    }
    let mut body = vec![0; length.min(64 * 1024)];
    reader.read_exact(&mut body)?;
    let target = first.split(' ').nth(1).unwrap_or_default();
    let reply = reply(target, &String::from_utf8_lossy(&body));
    stream.write_all(reply.as_bytes())
}

fn reply(target: &str, body: &str) -> String {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    match path {
        "/authorize" => {
            let back = decoded(param(query, "redirect_uri"));
            let glue = if back.contains('?') { '&' } else { '?' };
            let location = format!("{back}{glue}code=code-1&state={}", param(query, "state"));
            format!("HTTP/1.1 302 Found\r\nlocation: {location}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
        }
        "/token" if param(body, "client_secret") != "not-a-real-secret" => {
            json(401, r#"{ "error": "invalid_client" }"#)
        }
        "/token" if param(body, "code") == "code-1" => json(200, r#"{ "access_token": "token-1" }"#),
        "/token" => json(400, r#"{ "error": "invalid_grant" }"#),
        "/profile" => json(200, r#"{ "id": "7", "name": "Lin Xiaoman", "phone": "+8613900000001" }"#),
        _ => json(404, "{}"),
    }
}

fn json(status: u16, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status} \r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
}

/// The value of a parameter, still encoded.
fn param<'a>(query: &'a str, name: &str) -> &'a str {
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.find(|(key, _)| *key == name).map_or("", |(_, value)| value)
}

fn decoded(text: &str) -> String {
    let mut parts = text.split('%');
    let mut out = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        let byte = part.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        out.extend(byte);
        out.extend(part.get(2..).unwrap_or_default().as_bytes());
    }
    String::from_utf8_lossy(&out).into_owned()
}
