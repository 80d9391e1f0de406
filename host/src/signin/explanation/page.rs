//! The explanation of one refused sign-in.

use maud::{Markup, html};

use super::{Report, parts};
use crate::signin::refusal::Refusal;
use crate::ui::Frame;
use crate::ui::components::{Tone, alert, page_head};
use crate::ui::i18n::Words;
use crate::ui::icons::Icon;
use crate::ui::layout::{self, Place};
use crate::ui::time::moment;

#[cfg(test)]
pub(in crate::signin) mod samples;

/// The explanation of one refused sign-in.
#[derive(Clone, Debug)]
pub(crate) struct ExplanationPage {
    /// The code that the person was shown.
    pub(crate) reference: String,
    /// When, in milliseconds of Unix time.
    pub(crate) at: i64,
    /// What the person was told.
    pub(crate) reason: Refusal,
    /// Where the request came from.
    pub(crate) address: Option<String>,
    /// Uid and title of the authenticator, if it is still there.
    pub(crate) authenticator: Option<(String, String)>,
    /// What led there; `None` once it is no longer kept.
    pub(crate) report: Option<Report>,
}

impl ExplanationPage {
    /// The page.
    pub(crate) fn markup(&self, frame: &Frame) -> Markup {
        let frame = &frame.at(frame.urls.explanation(&self.reference));
        let words = frame.words();
        let title = words.t("explain-title");
        let content = html! {
            a.back href=(frame.urls.journal()) { (Icon::Left.markup()) span { (words.t("nav-journal")) } }
            (page_head(&title, &words.t(self.reason.key()), &html! {}))
            div.columns {
                (parts::panel(&words.t("explain-facts"), &self.facts(frame)))
                @match &self.report {
                    Some(report) => (story(words, report)),
                    None => (alert(Tone::Info, &html! { (words.t("explain-gone")) })),
                }
            }
        };
        layout::page(frame, Place::Journal, &title, &content)
    }

    fn facts(&self, frame: &Frame) -> Markup {
        let words = frame.words();
        html! {
            dl.facts {
                (parts::fact(&words.t("reference"), &html! { code { (self.reference) } }))
                (parts::fact(&words.t("journal-time"), &moment(words, self.at)))
                @if let Some((uid, title)) = &self.authenticator {
                    (parts::fact(&words.t("explain-authenticator"), &html! {
                        a href=(frame.urls.authenticator(uid)) { (title) }
                    }))
                }
                @if let Some(address) = &self.address {
                    (parts::fact(&words.t("explain-address"), &html! { code { (address) } }))
                }
            }
        }
    }
}

fn story(words: Words, report: &Report) -> Markup {
    let (ending, course) = (&report.ending, &report.course);
    html! {
        (parts::panel(&words.t("explain-told"), &html! {
            (parts::refusal(words, ending))
            (parts::chain(words, ending))
        }))
        (parts::panel(&words.t("explain-cure"), &parts::cure(words, ending)))
        (parts::panel(&words.t("explain-steps"), &parts::calls(words, course, Some(ending))))
        @if let Some(person) = &course.person {
            (parts::panel(&words.t("explain-person"), &parts::person(words, person)))
        }
    }
}
