//! What the page of an explanation and that of a rehearsal have in common: facts, the person, the refusal, the remedy.

use maud::{Markup, html};
use plugin_api::Finding;

use super::steps::timeline;
use super::{Calls, Ending, Person, Stage, Vouched};
use crate::ui::components::{Tone, alert, copy_field};
use crate::ui::i18n::Words;
use crate::ui::icons::Icon;

/// A panel with a title.
pub(crate) fn panel(title: &str, content: &Markup) -> Markup {
    html! {
        section.panel {
            div.panel-head { h2 { (title) } }
            div.panel-body { (content) }
        }
    }
}

/// One fact of a list.
pub(crate) fn fact(name: &str, value: &Markup) -> Markup {
    html! { div { dt { (name) } dd { (value) } } }
}

/// What the person is told, why, and how far it came.
pub(crate) fn refusal(words: Words, ending: &Ending) -> Markup {
    let refusal = ending.refusal();
    let stage = words.t(Stage::of(refusal).key());
    html! {
        (alert(Tone::Warning, &html! {
            strong { (words.t(refusal.key())) }
            p { (words.t(&refusal.sentence_key())) }
        }))
        dl.facts {
            (fact(&words.t("explain-stage"), &html! { (stage) }))
            @if let Some(code) = &ending.provider_code {
                (fact(&words.t("explain-provider-code"), &html! { code { (code) } }))
            }
            @if !ending.missing.is_empty() {
                (fact(&words.t("explain-missing"), &html! {
                    @for name in &ending.missing { code { (name) } " " }
                }))
            }
        }
    }
}

/// What the administrator can do: what the plug-in says about the provider's answer, else what this host knows itself.
pub(crate) fn cure(words: Words, ending: &Ending) -> Markup {
    html! {
        @if let Some(finding) = &ending.finding { (meaning(words, finding)) }
        @if ending.finding.as_ref().is_none_or(|finding| finding.remedy.is_none()) {
            p { (words.t(&format!("cure-{}", ending.refusal().name()))) }
        }
    }
}

fn meaning(words: Words, finding: &Finding) -> Markup {
    let language = words.language();
    html! {
        p { strong { (finding.message.get(language)) } }
        @if let Some(remedy) = &finding.remedy { p { (remedy.get(language)) } }
        @if let Some(search) = &finding.search {
            div.reference { span { (words.t("explain-search")) } (copy_field(words, "search-for", search)) }
        }
        @if let Some(link) = &finding.link {
            p {
                a.outward href=(link) target="_blank" rel="noopener noreferrer" {
                    (words.t("check-open")) " " (Icon::External.markup())
                }
            }
        }
    }
}

/// The calls, one after the other; `ending` is how it ended, if it was refused.
pub(crate) fn calls(words: Words, course: &Calls, ending: Option<&Ending>) -> Markup {
    let refused_with = ending.and_then(|ending| ending.provider_code.as_deref());
    timeline(words, &course.steps, course.took_ms, refused_with)
}

/// Who the provider said the person is.
pub(crate) fn person(words: Words, person: &Person) -> Markup {
    let member = if person.member { "person-member-yes" } else { "person-member-no" };
    html! {
        dl.facts {
            @if let Some(name) = &person.name { (fact(&words.t("name"), &html! { (name) })) }
            (fact(&words.t("person-subject"), &html! { code { (person.subject) } }))
            @if let Some(tenant) = &person.tenant {
                (fact(&words.t("person-tenant"), &html! { code { (tenant) } }))
            }
            (fact(&words.t("person-member"), &html! { (words.t(member)) }))
            (vouched(words, "phone", person.phone.as_ref()))
            (vouched(words, "email", person.email.as_ref()))
        }
    }
}

fn vouched(words: Words, key: &str, value: Option<&Vouched>) -> Markup {
    fact(
        &words.t(key),
        &html! {
            @match value {
                Some(vouched) => { (vouched.text) " " span.muted { "(" (words.t(vouched.key())) ")" } },
                None => span.muted { (words.t("none")) },
            }
        },
    )
}

/// The lines for whoever has to look deeper.
pub(crate) fn chain(words: Words, ending: &Ending) -> Markup {
    html! {
        @if !ending.chain.is_empty() {
            details.more {
                summary { (words.t("explain-chain")) }
                ul.lines { @for line in &ending.chain { li { code { (line) } } } }
            }
        }
    }
}
