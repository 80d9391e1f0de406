//! What DingTalk sends the browser back with.

use dingtalk_simulator::{CallbackFault, Mutation, Simulator};

use super::rows;
use super::stage::{End, NEW, Wrong};
use crate::refusals::told::*;

rows! {
    consent_denied: Page "lin", End::Told(&DENIED), "", "",
        Wrong::Early(|sim| comes_back(sim, Mutation::Error { reason: "access_denied".into() }));
    state_missing: Page "lin", End::Told(&ATTEMPT_UNKNOWN), "", "",
        Wrong::Early(|sim| comes_back(sim, Mutation::NoState));
    state_changed: Page "lin", End::Told(&ATTEMPT_UNKNOWN), "", "",
        Wrong::Early(|sim| comes_back(sim, Mutation::ChangedState { state: "forged".into() }));
    state_twice: Page "lin", End::Told(&BAD_CALLBACK), "", "",
        Wrong::Early(|sim| comes_back(sim, Mutation::DuplicateState));
    code_twice: Page "lin", End::Told(&BAD_CALLBACK), "", "",
        Wrong::Early(|sim| comes_back(sim, Mutation::DuplicateCode));
    auth_code_twice: Page "lin", End::Told(&BAD_CALLBACK), "", "",
        Wrong::Early(|sim| comes_back(sim, Mutation::DuplicateAuthCode));
    two_different_codes: Page "lin", End::Told(&BAD_CALLBACK), "", "",
        Wrong::Early(|sim| comes_back(sim, Mutation::DifferingPair));
    no_code_at_all: Page "lin", End::Told(&BAD_CALLBACK), "", "",
        Wrong::Early(|sim| comes_back(sim, Mutation::NoCode));
    code_alone: Page "lin", NEW, "user-token profile app-token member staff", "",
        Wrong::Early(|sim| comes_back(sim, Mutation::CodeOnly));
    auth_code_alone: Page "lin", NEW, "user-token profile app-token member staff", "",
        Wrong::Early(|sim| comes_back(sim, Mutation::AuthCodeOnly));
    other_organisation: Page "lin", End::Told(&OTHER_ORGANISATION), "user-token", "",
        Wrong::Early(|sim| comes_back(sim, Mutation::OtherOrganisation { corp_id: "dingcorpother0002".into() }));
    /// The check is not skipped where there is nothing to compare.
    no_organisation: Page "lin", End::Told(&ORGANISATION_UNKNOWN), "user-token", "",
        Wrong::Early(|sim| comes_back(sim, Mutation::WithoutOrganisation));
}

fn comes_back(simulator: &Simulator, mutation: Mutation) {
    simulator.callback_fault(CallbackFault { times: Some(1), mutation });
}
