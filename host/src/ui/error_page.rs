//! The page for a request that cannot be served.

use http::StatusCode;
use maud::{Markup, html};

use super::components::{Look, copy_field, link_button};
use super::frame::Frame;
use super::layout;

/// The page for a request that cannot be served.
#[derive(Clone, Debug)]
pub struct ErrorPage {
    /// The status of the response.
    pub status: StatusCode,
    /// Under which code the log tells more.
    pub reference: Option<String>,
}

impl ErrorPage {
    /// The page.
    pub fn markup(&self, frame: &Frame) -> Markup {
        let frame = &frame.at(frame.urls.home());
        let words = frame.words();
        let key = self.key();
        let title = words.t(key);
        let content = html! {
            p.status-code { (self.status.as_u16()) }
            h1 { (title) }
            p.lead { (words.t(&format!("{key}.sentence"))) }
            @if let Some(reference) = &self.reference {
                div.reference { span { (words.t("reference")) } (copy_field(words, "reference", reference)) }
            }
            div.stack { (self.way_out(frame)) }
        };
        layout::card(frame, &title, &content)
    }

    fn way_out(&self, frame: &Frame) -> Markup {
        let (address, key) = match self.status {
            StatusCode::UNAUTHORIZED => (frame.urls.sign_in(None), "sign-in"),
            _ => (frame.urls.home(), "error-home"),
        };
        link_button(Look::Primary, &address, &html! { (frame.words().t(key)) })
    }

    /// The message in the language files.
    fn key(&self) -> &'static str {
        match self.status {
            StatusCode::BAD_REQUEST => "error-400",
            StatusCode::UNAUTHORIZED => "error-401",
            StatusCode::FORBIDDEN => "error-403",
            StatusCode::NOT_FOUND => "error-404",
            StatusCode::METHOD_NOT_ALLOWED => "error-405",
            StatusCode::PAYLOAD_TOO_LARGE => "error-413",
            StatusCode::MISDIRECTED_REQUEST => "error-421",
            StatusCode::TOO_MANY_REQUESTS => "error-429",
            StatusCode::BAD_GATEWAY | StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT => "error-503",
            status if status.is_client_error() => "error-400",
            _ => "error-500",
        }
    }
}

#[cfg(test)]
impl ErrorPage {
    /// Every state of the page.
    pub(crate) fn samples() -> Vec<(&'static str, Self)> {
        let page = |status, reference: Option<&str>| Self { status, reference: reference.map(Into::into) };
        vec![
            ("400", page(StatusCode::BAD_REQUEST, None)),
            ("401", page(StatusCode::UNAUTHORIZED, None)),
            ("415", page(StatusCode::UNSUPPORTED_MEDIA_TYPE, None)),
            ("403", page(StatusCode::FORBIDDEN, Some("7F3K-9QWD"))),
            ("404", page(StatusCode::NOT_FOUND, None)),
            ("405", page(StatusCode::METHOD_NOT_ALLOWED, None)),
            ("413", page(StatusCode::PAYLOAD_TOO_LARGE, None)),
            ("421", page(StatusCode::MISDIRECTED_REQUEST, None)),
            ("429", page(StatusCode::TOO_MANY_REQUESTS, None)),
            ("500", page(StatusCode::INTERNAL_SERVER_ERROR, Some("7F3K-9QWD"))),
            ("503", page(StatusCode::SERVICE_UNAVAILABLE, Some("7F3K-9QWD"))),
        ]
    }
}
