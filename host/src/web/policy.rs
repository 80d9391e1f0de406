//! What pages may load, and where they may lead (Content Security Policy Level 3).

use http::HeaderValue;

/// Of an ordinary page: files of our own, nothing inline, nothing from elsewhere.
pub(super) const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; \
                                 base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

/// How far one page reaches beyond [`POLICY`]: origins, each as `scheme://host` and perhaps a port.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reach {
    /// Where its forms lead in the end: browsers hold the redirects after a form to `form-action` as well.
    pub(crate) forms: Vec<String>,
    /// Where scripts come from.
    pub(crate) scripts: Vec<String>,
    /// What frames show.
    pub(crate) frames: Vec<String>,
    /// Whether its scripts call this host.
    pub(crate) calls: bool,
}

impl Reach {
    /// The policy; `None` if an origin is none.
    pub(crate) fn policy(&self) -> Option<HeaderValue> {
        let scripts = format!("script-src 'self'{}", listed(&self.scripts));
        let mut policy = POLICY.replace("script-src 'self'", &scripts);
        policy.push_str(&listed(&self.forms));
        if !self.frames.is_empty() {
            policy.push_str(&format!("; frame-src{}", listed(&self.frames)));
        }
        if self.calls {
            policy.push_str("; connect-src 'self'");
        }
        HeaderValue::from_str(&policy).ok()
    }
}

/// Each origin once, with a blank before it. What would begin another directive is no origin.
fn listed(origins: &[String]) -> String {
    let mut sorted: Vec<&str> = origins.iter().map(String::as_str).filter(|text| is_plain(text)).collect();
    sorted.sort_unstable();
    sorted.dedup();
    sorted.iter().map(|origin| format!(" {origin}")).collect()
}

fn is_plain(origin: &str) -> bool {
    origin.contains("://") && origin.bytes().all(|byte| byte.is_ascii_graphic() && !b";,'\"*".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(reach: &Reach) -> String {
        reach.policy().unwrap().to_str().unwrap().to_owned()
    }

    #[test]
    fn reaching_nowhere_is_the_ordinary_policy() {
        assert_eq!(text(&Reach::default()), POLICY);
    }

    #[test]
    fn each_list_widens_its_own_directive() {
        let reach = Reach {
            forms: vec!["https://b.example".into(), "https://a.example".into(), "https://b.example".into()],
            scripts: vec!["https://cdn.example".into()],
            frames: vec!["http://127.0.0.1:8080".into()],
            calls: true,
        };
        let expected = "default-src 'none'; style-src 'self'; script-src 'self' https://cdn.example; img-src 'self'; \
                        base-uri 'none'; frame-ancestors 'none'; form-action 'self' https://a.example \
                        https://b.example; frame-src http://127.0.0.1:8080; connect-src 'self'";
        assert_eq!(text(&reach), expected);
    }

    #[test]
    fn no_origin_brings_a_directive_or_a_wildcard_along() {
        let hostile = ["https://x.example; script-src https://y.example", "*", "https://*", "'unsafe-inline'", "data:"];
        let reach = Reach { scripts: hostile.map(str::to_owned).to_vec(), ..Reach::default() };
        assert_eq!(text(&reach), POLICY);
    }
}
