//! What DingTalk said when it sent the person back.

use plugin_api::{Callback, Fault, FaultKind};

use crate::refusal::provider_code;

/// The names under which the code comes. DingTalk sends both, with one value
/// (page `tutorial-obtaining-user-personal-information`); older deployments send the first only.
pub(crate) const CODE_NAMES: [&str; 2] = ["authCode", "code"];

/// The name under which the reason comes when there is no code. DingTalk publishes no list of reasons.
pub(crate) const ERROR_NAME: &str = "error";

/// The one-time code.
pub(crate) fn code(callback: &Callback) -> Result<&str, Fault> {
    if let Some(reason) = callback.param(ERROR_NAME) {
        let mut denied = Fault::new(FaultKind::Denied, "DingTalk sent the person back with an error instead of a code");
        denied.provider_code = provider_code(reason);
        return Err(denied);
    }
    match CODE_NAMES.map(|name| callback.param(name)) {
        [Some(first), Some(second)] if first != second => {
            Err(Fault::new(FaultKind::BadAnswer, "the callback carries two different codes"))
        }
        [Some(code), _] | [None, Some(code)] => Ok(code),
        [None, None] => Err(Fault::new(FaultKind::BadAnswer, "the callback carries neither a code nor an error")),
    }
}
