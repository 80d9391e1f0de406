//! Names of the fields that the form posts.

/// Type of a new authenticator.
pub const TYPE: &str = "type";
/// The uid of a new authenticator.
pub const UID: &str = "uid";
/// English title.
pub const TITLE_EN: &str = "title.en";
/// Chinese title.
pub const TITLE_ZH: &str = "title.zh-CN";
/// English description.
pub const DESCRIPTION_EN: &str = "description.en";
/// Chinese description.
pub const DESCRIPTION_ZH: &str = "description.zh-CN";
/// `true` if on; absent if off.
pub const ENABLED: &str = "enabled";
/// Whether the check boxes of [`REFRESH_FIELD`] were on the form at all: one that is not ticked posts nothing.
pub const REFRESH: &str = "refresh";
/// Before the name of each field of a user that a sign-in refreshes.
pub const REFRESH_FIELD: &str = "refresh.";
/// Before the name of each field of the plug-in.
pub const SETTINGS: &str = "settings.";
/// Secrets that were typed before a question was asked, sealed.
pub const CARRIED: &str = "typed";
/// The answer "yes, all the same" to the question.
pub const ANYWAY: &str = "anyway";
