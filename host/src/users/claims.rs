//! What a provider says about a person, as far as it can be kept in a profile.

use plugin_api::Identity;

use super::names;

/// Longest address of a picture that is kept, in bytes.
const LONGEST_ADDRESS: usize = 1024;

/// The display name, made harmless.
pub(super) fn name(identity: &Identity) -> Option<String> {
    identity.name.as_ref().map(|claim| names::tame(&claim.value)).filter(|name| !name.is_empty())
}

/// The e-mail address, if it is one. It is only ever shown.
pub(super) fn email(identity: &Identity) -> Option<String> {
    let email = identity.email.as_ref().map(|claim| claim.value.trim().to_owned());
    email.filter(|email| names::check_email(email).is_ok())
}

/// The address of the picture. Nobody here ever fetches it.
pub(super) fn picture(identity: &Identity) -> Option<String> {
    let is_picture = |address: &str| {
        address.len() <= LONGEST_ADDRESS && url::Url::parse(address).is_ok_and(|url| url.scheme() == "https")
    };
    identity.avatar_url.as_ref().map(|claim| claim.value.clone()).filter(|address| is_picture(address))
}
