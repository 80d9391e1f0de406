//! Who may sign in to what, and in the name of which organisation.

use super::{AuthRequest, Refusal};
use crate::scenario::{Membership, Person};
use crate::world::Directory;

/// A decision of a person, found to be allowed.
#[derive(Debug)]
pub(super) struct Allowed {
    pub(super) person: String,
    /// What the token will carry as `corpId`; only with scope `corpid`.
    pub(super) corp_id: Option<String>,
}

/// A line on the page: a person, and the organisation they would choose.
pub(super) struct Choice<'a> {
    pub(super) person: &'a Person,
    pub(super) corp_id: Option<&'a str>,
}

/// Everything that can be chosen on the page: a person, once for each organisation that is still to be chosen.
///
/// With `corpId` given everybody is listed, members or not, so that the refusal can be seen too.
pub(super) fn choices<'a>(directory: &'a Directory, request: &AuthRequest) -> Vec<Choice<'a>> {
    let people = directory.people.iter().filter(|person| !request.exclusive || is_exclusive(request, person));
    if !request.wants_organisation {
        return people.map(|person| Choice { person, corp_id: None }).collect();
    }
    let mut choices = Vec::new();
    for person in people {
        let demanded = |corp_id: &str| request.corp_id.as_deref().is_none_or(|only| only == corp_id);
        let seats = seats(request, person).filter(|(corp_id, _)| demanded(corp_id));
        let before = choices.len();
        choices.extend(seats.map(|(corp_id, _)| Choice { person, corp_id: Some(corp_id) }));
        if choices.len() == before {
            choices.push(Choice { person, corp_id: None });
        }
    }
    choices
}

/// Checks a decision.
pub(super) fn check(
    directory: &Directory,
    request: &AuthRequest,
    person: &str,
    chosen: Option<&str>,
) -> Result<Allowed, Refusal> {
    let person = directory.person_by_id(person).ok_or(Refusal::UnknownPerson)?;
    let app = directory.app(&request.client_id).ok_or(Refusal::UnknownClient)?;
    if directory.quirks.lets_outsiders_pass {
        let named = request.corp_id.as_deref().or(chosen).unwrap_or(&app.corp_id);
        let corp_id = request.wants_organisation.then(|| named.to_owned());
        return Ok(Allowed { person: person.id.clone(), corp_id });
    }
    if !app.cross_organisation && !person.seat_in(&app.corp_id).is_some_and(Membership::is_staff) {
        return Err(Refusal::NotInOrganisation);
    }
    if request.exclusive && !is_exclusive(request, person) {
        return Err(Refusal::NotInOrganisation);
    }
    let corp_id = match request.wants_organisation {
        true => Some(organisation(request, person, chosen, &app.corp_id)?.to_owned()),
        false => None,
    };
    Ok(Allowed { person: person.id.clone(), corp_id })
}

/// The organisation in whose name the person signs in: as demanded, as chosen, the app's, or any.
fn organisation<'a>(
    request: &AuthRequest,
    person: &'a Person,
    chosen: Option<&str>,
    home: &str,
) -> Result<&'a str, Refusal> {
    let mut seats = seats(request, person).map(|(corp_id, _)| corp_id);
    let found = match request.corp_id.as_deref().or(chosen) {
        Some(wanted) => seats.find(|corp_id| *corp_id == wanted),
        None => {
            let all: Vec<&str> = seats.collect();
            all.iter().find(|corp_id| **corp_id == home).or(all.first()).copied()
        }
    };
    found.ok_or(Refusal::NotInOrganisation)
}

/// Where the person is a member of staff, and an administrator if that is asked for.
fn seats<'a>(request: &AuthRequest, person: &'a Person) -> impl Iterator<Item = (&'a str, &'a Membership)> {
    let management = request.management;
    let all = person.memberships.iter().map(|(corp_id, seat)| (corp_id.as_str(), seat));
    all.filter(move |(_, seat)| seat.is_staff() && (!management || seat.admin))
}

fn is_exclusive(request: &AuthRequest, person: &Person) -> bool {
    person.memberships.iter().any(|(corp_id, seat)| {
        let wanted = request.exclusive_corp_id.as_ref().is_none_or(|only| only == corp_id);
        wanted && seat.is_staff() && seat.exclusive.is_some()
    })
}
