//! What the host is told about a person: the account's word, and over it the directory's.

use plugin_api::{Claim, Identity, OtherKey};

use crate::app::App;
use crate::keys;
use crate::membership::Member;
use crate::profile::Profile;

mod phone;

/// Somebody of whom only the account is known, for the organisation that they chose.
pub(crate) fn of_account(app: &App<'_>, subject: &str, profile: Profile, tenant: Option<String>) -> Identity {
    let phone = phone::of_account(profile.mobile.as_deref(), profile.state_code.as_deref());
    phone::note(app.cx, &phone);
    Identity { tenant, phone: phone.ok(), ..account(subject, Some(profile)) }
}

/// A proven member of the organisation `corp_id`, with the account as well if the person came through the sign-in page.
pub(crate) fn of_member(
    app: &App<'_>,
    corp_id: &str,
    subject: &str,
    profile: Option<Profile>,
    member: Member,
) -> Identity {
    let Member { userid, staff } = member;
    let phone = phone::of_staff(staff.mobile.as_deref(), staff.state_code.as_deref()).or_else(|reason| {
        let account = profile.as_ref().map(|profile| (profile.mobile.as_deref(), profile.state_code.as_deref()));
        account.map_or(Err(reason), |(mobile, state_code)| phone::of_account(mobile, state_code))
    });
    phone::note(app.cx, &phone);
    let mut identity = account(subject, profile);
    identity.also.insert(0, OtherKey { kind: keys::USERID.into(), value: userid });
    let email = text(staff.org_email).or_else(|| text(staff.email));
    Identity {
        tenant: Some(corp_id.to_owned()),
        phone: phone.ok(),
        email: email.map(Claim::directory).or(identity.email),
        name: text(staff.name).map(Claim::directory).or(identity.name),
        avatar_url: text(staff.avatar).map(Claim::directory).or(identity.avatar_url),
        groups: groups(staff.dept_id_list.unwrap_or_default()),
        member: true,
        realm: Some(format!("{}/{corp_id}", app.servers.legacy)),
        ..identity
    }
}

/// What the account says, the telephone number apart.
fn account(subject: &str, profile: Option<Profile>) -> Identity {
    let mut identity = Identity::new(subject);
    let Some(profile) = profile else { return identity };
    identity.email = text(profile.email).map(Claim::account);
    identity.name = text(profile.nick).map(Claim::account);
    identity.avatar_url = text(profile.avatar_url).map(Claim::account);
    let open_id = profile.open_id.filter(|id| crate::wire::is_identifier(id));
    identity.also.extend(open_id.map(|value| OtherKey { kind: keys::OPENID.into(), value }));
    identity
}

/// Departments by their number; names change.
fn groups(departments: Vec<i64>) -> Vec<Claim<String>> {
    departments.into_iter().take(Identity::GROUP_CAP).map(|id| Claim::directory(id.to_string())).collect()
}

/// A text, unless it is empty or so long that somebody is playing tricks.
fn text(value: Option<String>) -> Option<String> {
    value.filter(|value| !value.trim().is_empty() && value.len() <= Identity::TEXT_CAP)
}
