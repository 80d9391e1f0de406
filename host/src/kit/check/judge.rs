//! The list of the contract, with a provider that always fails.

use plugin_api::testing::{FakeHost, Report, Rule, Sample, check_handle, json_reply};
use plugin_api::{AuthenticatorType, BeginRequest, FaultKind, PluginHandle};
use serde_json::{Value, json};
use ui_schema::Language;

use super::{Examination, Judged, Outcome, samples};

/// What `check` of a plug-in may find out about a provider that fails.
const NOTHING_FOUND: &str = "check finds nothing out although the provider behaves";

/// How the list says that it went no further.
const CUT_SHORT: &str = "the rest of the list was not tried";

/// The rules that are judged before anything is called that could block.
const DECLARED: [Rule; 6] = [Rule::Manifest, Rule::Types, Rule::Texts, Rule::Forms, Rule::Icons, Rule::Grammar];

/// What is not tried, and why.
type NotTried = (Rule, String);

/// Goes through the list with every type of the plug-in.
pub(super) fn judge(handle: &dyn PluginHandle, manifest: &[u8], given: Option<&Value>) -> Examination {
    let types = handle.authenticator_types().unwrap_or_default();
    let mut all = Examination { rules: rules(&Report::default(), &[]), calls: 0, unfilled: Vec::new(), types };
    if all.types.is_empty() {
        // The list says so, too.
        add(&mut all, &check_handle(handle, manifest, &sample("", Value::Null, Value::Null)), &[]);
    }
    for kind in all.types.clone() {
        let samples = samples::of(&kind.form, given);
        all.unfilled.extend(samples.unfilled);
        let mut sample = sample(&kind.id, samples.settings, samples.other);
        let codes = kind.callback.code.iter().map(|name| (name.clone(), "sample-code-7f3a".to_owned()));
        sample.callback = codes.collect();
        let report = check_handle(handle, manifest, &sample);
        let not_tried = not_tried(handle, &kind, &sample, &report);
        add(&mut all, &report, &not_tried);
    }
    all
}

fn sample(kind: &str, settings: Value, other: Value) -> Sample {
    Sample::new(kind, settings, other, |_| json_reply(503, &json!({})))
}

/// The rules that only a provider which behaves can tell about.
fn not_tried(handle: &dyn PluginHandle, kind: &AuthenticatorType, sample: &Sample, report: &Report) -> Vec<NotTried> {
    let needs_provider = "needs a provider that answers; `check_plugin` tries it in the tests of the plug-in";
    let mut rules = vec![(Rule::Identity, needs_provider.to_owned())];
    let doctor = report.examples(Rule::Doctor);
    if !doctor.is_empty() && doctor.iter().all(|example| example == NOTHING_FOUND) {
        rules.push((Rule::Doctor, needs_provider.to_owned()));
    }
    if report.examples(Rule::Prompt).iter().any(|example| example.contains(CUT_SHORT)) {
        let kept = |rule: &Rule| report.examples(*rule).is_empty() && !DECLARED.contains(rule);
        let rest = Rule::ALL.into_iter().filter(kept);
        rules.extend(rest.map(|rule| (rule, "the list went no further".to_owned())));
    }
    if let Some(fault) = refuses_to_begin(handle, kind, sample) {
        let why = format!("begin answers {fault}: it needs a provider, or other settings (--settings)");
        rules.extend([Rule::AuthorizeUrl, Rule::AuthorizeParameters, Rule::Stateless].map(|rule| (rule, why.clone())));
    }
    rules
}

/// What `begin` says if it cannot begin without a provider. A plug-in that fails by its own fault is judged.
fn refuses_to_begin(handle: &dyn PluginHandle, kind: &AuthenticatorType, sample: &Sample) -> Option<String> {
    let provider = std::sync::Arc::clone(&sample.provider);
    let host = FakeHost::with_script(provider, FakeHost::LATENCY);
    let request = BeginRequest {
        authenticator_type: kind.id.clone(),
        redirect_uri: "https://host.example/callback".to_owned(),
        state: "sample-state".to_owned(),
        language: Language::En,
    };
    let fault = host.run(handle.begin(sample.settings.clone(), host.lender(), request)).ok()?.err()?;
    (fault.kind != FaultKind::Internal).then(|| fault.to_string())
}

fn rules(report: &Report, not_tried: &[NotTried]) -> Vec<Judged> {
    let judged = |rule: Rule| {
        let why = not_tried.iter().find(|(other, _)| *other == rule).map(|(_, why)| why.clone());
        let broken = report.examples(rule);
        let (outcome, said) = match why {
            Some(why) => (Outcome::NotTried, vec![why]),
            None if broken.is_empty() => (Outcome::Ok, Vec::new()),
            None => (Outcome::Failed, broken.to_vec()),
        };
        Judged { rule: name(rule), sentence: rule.sentence().to_owned(), outcome, said }
    };
    Rule::ALL.into_iter().map(judged).collect()
}

/// What one type adds: the worst counts, with its reasons.
fn add(all: &mut Examination, report: &Report, not_tried: &[NotTried]) {
    all.calls += report.calls();
    for (known, new) in all.rules.iter_mut().zip(rules(report, not_tried)) {
        if new.outcome > known.outcome {
            *known = new;
        } else if new.outcome == known.outcome {
            known.said.extend(new.said.into_iter().filter(|line| !known.said.contains(line)).collect::<Vec<_>>());
        }
    }
}

/// `AuthorizeUrl` is `authorize-url` to scripts.
fn name(rule: Rule) -> String {
    let mut name = String::new();
    for letter in format!("{rule:?}").chars() {
        if letter.is_ascii_uppercase() && !name.is_empty() {
            name.push('-');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::i18n::Words;

    #[test]
    fn every_rule_has_a_sentence_in_every_language() {
        for language in Language::ALL {
            for rule in Rule::ALL {
                let key = format!("kit-rule-{}", name(rule));
                assert!(!Words::new(language).t(&key).starts_with('⟦'), "{key}");
            }
        }
    }

    #[test]
    fn the_worst_type_counts() {
        let mut all =
            Examination { rules: rules(&Report::default(), &[]), calls: 0, unfilled: Vec::new(), types: Vec::new() };
        add(&mut all, &Report::default(), &[(Rule::Identity, "why".to_owned())]);
        add(&mut all, &Report::default(), &[]);
        assert_eq!(all.count(Outcome::NotTried), 1);
        assert_eq!(all.count(Outcome::Ok), Rule::ALL.len() - 1);
    }
}
