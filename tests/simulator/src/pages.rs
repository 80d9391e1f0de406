//! What the two kinds of page share: the frame, the look, and English or Chinese as the browser prefers.

use axum::http::{HeaderMap, header};
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// The language of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tongue {
    English,
    Chinese,
}

impl Tongue {
    /// The one that the browser names first; English when it names neither.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let wanted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if wanted.trim_start().to_ascii_lowercase().starts_with("zh") { Self::Chinese } else { Self::English }
    }

    /// The text in this language.
    pub(crate) fn say<'a>(self, english: &'a str, chinese: &'a str) -> &'a str {
        match self {
            Self::English => english,
            Self::Chinese => chinese,
        }
    }

    const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Chinese => "zh-Hans",
        }
    }
}

/// How much room a page takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A narrow card.
    Card,
    /// Nearly the whole window.
    Wide,
    /// A small frame in another page.
    Frame,
}

impl Shape {
    const fn class(self) -> Option<&'static str> {
        match self {
            Self::Card => None,
            Self::Wide => Some("wide"),
            Self::Frame => Some("frame"),
        }
    }
}

/// A whole page.
pub(crate) fn page(tongue: Tongue, title: &str, shape: Shape, content: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang=(tongue.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body class=[shape.class()] {
                main { (content) }
                @if shape != Shape::Frame { footer { (tongue.say("DingTalk simulator: nothing here is real.", "钉钉模拟器：此处内容均为虚构。")) } }
            }
        }
    };
    page.into_string()
}

const STYLE: &str = "
:root{color-scheme:light dark;--ink:#1b2230;--quiet:#5d6778;--paper:#f3f5f9;--card:#fff;--line:#dfe3ea;--accent:#1268e8}
@media(prefers-color-scheme:dark){:root{--ink:#e8ebf1;--quiet:#9aa4b5;--paper:#12151b;--card:#1b2029;--line:#2e3542;--accent:#6ba4ff}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,'PingFang SC','Microsoft YaHei',sans-serif}
main{max-width:26rem;margin:6vh auto 1rem;background:var(--card);border:1px solid var(--line);border-radius:14px;padding:1.5rem}
.wide main{max-width:64rem;margin-top:2rem}
.frame{background:var(--card)}.frame main{max-width:none;margin:0;border:0;padding:.25rem .25rem 0;text-align:center}
.frame h1{font-size:1rem}.frame p,.frame .people small{display:none}.frame .people{grid-template-columns:repeat(2,minmax(0,1fr));margin:.5rem 0}
.frame .people button{overflow:hidden;white-space:nowrap;padding:.3rem .5rem;gap:.5rem}.frame .face{width:1.75rem;height:1.75rem}
footer{text-align:center;color:var(--quiet);font-size:.8rem;padding-bottom:2rem}
h1{font-size:1.25rem;margin:0 0 .25rem}h2{font-size:1.05rem;margin:2rem 0 .5rem}h3{font-size:.95rem;margin:1.25rem 0 .25rem}
p{margin:.25rem 0 1rem}.quiet{color:var(--quiet)}small{color:var(--quiet)}
code{font:13px ui-monospace,monospace;overflow-wrap:anywhere}
form{margin:0}a{color:var(--accent)}
button,select,input{font:inherit;color:inherit}
button{border:1px solid var(--line);background:none;border-radius:8px;padding:.4rem .8rem;cursor:pointer}
button:hover,button:focus-visible{border-color:var(--accent)}
button.main{background:var(--accent);border-color:var(--accent);color:#fff}
@media(prefers-color-scheme:dark){button.main{color:#0b1220}}
input[type=url],select{border:1px solid var(--line);background:var(--paper);border-radius:8px;padding:.4rem .6rem;min-width:0}
.row{display:flex;gap:.5rem;align-items:center;margin:.35rem 0}.row input[type=url]{flex:1}
.people{list-style:none;margin:1rem 0;padding:0;display:grid;gap:.4rem}
.people button{display:flex;gap:.75rem;align-items:center;width:100%;text-align:left;padding:.5rem .75rem}
.face{flex:none;width:2.25rem;height:2.25rem;border-radius:50%;background:var(--accent);color:var(--card);display:grid;place-items:center;font-weight:600}
.people small{display:block}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.4rem .5rem;border-bottom:1px solid var(--line);vertical-align:top}
th{font-weight:600;white-space:nowrap;color:var(--quiet);font-size:.85rem}.scroll{overflow-x:auto}
fieldset{border:0;padding:0;margin:.5rem 0;display:flex;flex-wrap:wrap;gap:.25rem 1rem}legend{padding:0;color:var(--quiet)}
";
