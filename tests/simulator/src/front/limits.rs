//! The edges of what is served: bodies that are too large, paths that DingTalk does not have.

use std::net::IpAddr;

use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use maud::html;

use super::{Call, Pairs};
use crate::endpoint::Endpoint;

/// More than any request of a sign-in needs.
const LARGEST_BODY: usize = 256 * 1024;

/// Reads a request to its end.
pub(super) async fn read(endpoint: Endpoint, peer: IpAddr, request: Request) -> Result<Call, Response> {
    let (head, body) = request.into_parts();
    let body = to_bytes(body, LARGEST_BODY).await.map_err(|_| StatusCode::PAYLOAD_TOO_LARGE.into_response())?;
    let raw_query = head.uri.query().unwrap_or_default().to_owned();
    Ok(Call {
        endpoint,
        method: head.method,
        path: head.uri.path().to_owned(),
        query: Pairs::parse(raw_query.as_bytes()),
        raw_query,
        headers: head.headers,
        body,
        peer,
    })
}

/// The simulator's own 404, for paths that are not DingTalk's.
pub(super) fn nothing_here() -> Response {
    let page = html! {
        (maud::DOCTYPE)
        html lang="en" {
            head { meta charset="utf-8"; title { "DingTalk simulator" } }
            body {
                h1 { "Nothing here / 此处无内容" }
                p { "This is a DingTalk simulator. Its console is at " a href="/_sim/" { "/_sim/" } "." }
                p lang="zh-Hans" { "这是钉钉模拟器，控制台位于 " a href="/_sim/" { "/_sim/" } "。" }
            }
        }
    };
    (StatusCode::NOT_FOUND, Html(page.into_string())).into_response()
}
