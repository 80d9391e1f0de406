//! A snapshot of the scenario with indexes, so that looking somebody up among thousands costs the same as among ten.

use std::collections::HashMap;
use std::ops::Deref;

use crate::scenario::{App, Membership, Person, Scenario};

/// The scenario at one moment; a change makes a new one.
pub(crate) struct Directory {
    scenario: Scenario,
    by_id: HashMap<String, usize>,
    by_union_id: HashMap<String, Vec<usize>>,
    by_user_id: HashMap<(String, String), usize>,
}

impl Directory {
    pub(super) fn new(scenario: Scenario) -> Self {
        let mut by_id = HashMap::new();
        let mut by_union_id: HashMap<String, Vec<usize>> = HashMap::new();
        let mut by_user_id = HashMap::new();
        for (at, person) in scenario.people.iter().enumerate() {
            by_id.insert(person.id.clone(), at);
            for union_id in person.union_ids.values().chain([&person.union_id]) {
                by_union_id.entry(union_id.clone()).or_default().push(at);
            }
            for (corp_id, seat) in person.memberships.iter().filter(|(_, seat)| !seat.left) {
                by_user_id.insert((corp_id.clone(), seat.user_id.clone()), at);
            }
        }
        Self { scenario, by_id, by_union_id, by_user_id }
    }

    /// The person with this id of the scenario.
    pub(crate) fn person_by_id(&self, id: &str) -> Option<&Person> {
        self.scenario.people.get(*self.by_id.get(id)?)
    }

    /// The person whom apps of `corp_id` know by `union_id`.
    pub(crate) fn by_union_id(&self, corp_id: &str, union_id: &str) -> Option<&Person> {
        let candidates = self.by_union_id.get(union_id)?;
        candidates
            .iter()
            .filter_map(|at| self.scenario.people.get(*at))
            .find(|person| person.union_id_for(corp_id) == union_id)
    }

    /// The person who has the seat `user_id` in `corp_id` now.
    pub(crate) fn by_user_id(&self, corp_id: &str, user_id: &str) -> Option<(&Person, &Membership)> {
        let at = self.by_user_id.get(&(corp_id.to_owned(), user_id.to_owned()))?;
        let person = self.scenario.people.get(*at)?;
        Some((person, person.seat_in(corp_id)?))
    }

    /// The app with these credentials.
    pub(crate) fn app_with_secret(&self, client_id: &str, client_secret: &str) -> Option<&App> {
        self.app(client_id).filter(|app| app.client_secret == client_secret)
    }
}

impl Deref for Directory {
    type Target = Scenario;

    fn deref(&self) -> &Scenario {
        &self.scenario
    }
}
