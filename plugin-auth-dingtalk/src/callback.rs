//! What came back: by the browser from DingTalk's sign-in page, or by the scripts inside the client.

use plugin_api::{Callback, Fault, FaultKind};

use crate::refusal::provider_code;

/// The names under which the code comes. DingTalk sends both, with one value
/// (page `tutorial-obtaining-user-personal-information`); older deployments send the first only.
pub(crate) const CODE_NAMES: [&str; 2] = ["authCode", "code"];

/// The name under which the reason comes when there is no code. DingTalk publishes no list of reasons.
pub(crate) const ERROR_NAME: &str = "error";

/// The name under which our own script reports the code that the client gave it.
const CLIENT_CODE_NAME: &str = "code";

/// The one-time code of DingTalk's sign-in page.
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

/// The one-time code that the DingTalk client gave our script. It looks like the other kind and is none: each is
/// refused where the other is taken.
pub(crate) fn client_code(callback: &Callback) -> Result<&str, Fault> {
    callback
        .param(CLIENT_CODE_NAME)
        .ok_or_else(|| Fault::new(FaultKind::BadAnswer, "the script inside the client reported no code"))
}
