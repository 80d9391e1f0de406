//! Changing the scenario while it runs: a copy is changed, checked and put in place, or nothing happens.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::{CodeKind, Directory, Grant, World, guard};
use crate::scenario::{App, Person, Scenario, ScenarioError};

/// Life of an in-client code, as documented.
const JSAPI_CODE_SECONDS: u64 = 300;

/// Why a change was not made.
#[derive(Debug)]
pub enum EditError {
    /// There is no app, person or organisation of this id: its kind and the id.
    NotFound(&'static str, String),
    /// The scenario would contradict itself.
    Invalid(ScenarioError),
}

impl fmt::Display for EditError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound(kind, id) => write!(f, "there is no {kind} {id:?}"),
            Self::Invalid(error) => write!(f, "refused: {error}"),
        }
    }
}

impl std::error::Error for EditError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::NotFound(..) => None,
            Self::Invalid(error) => Some(error),
        }
    }
}

impl World {
    /// Changes the scenario.
    pub(crate) fn edit(&self, change: impl FnOnce(&mut Scenario) -> Result<(), EditError>) -> Result<(), EditError> {
        let mut current = guard(&self.directory);
        let mut scenario = Scenario::clone(&current);
        change(&mut scenario)?;
        scenario.check().map_err(EditError::Invalid)?;
        *current = Arc::new(Directory::new(scenario));
        Ok(())
    }

    /// Changes one app.
    pub(crate) fn edit_app(&self, client_id: &str, change: impl FnOnce(&mut App)) -> Result<(), EditError> {
        self.edit(|scenario| {
            let app = scenario.app_mut(client_id);
            change(app.ok_or_else(|| EditError::NotFound("app", client_id.to_owned()))?);
            Ok(())
        })
    }

    /// Changes one person.
    pub(crate) fn edit_person(&self, id: &str, change: impl FnOnce(&mut Person)) -> Result<(), EditError> {
        self.edit(|scenario| {
            let person = scenario.person_mut(id);
            change(person.ok_or_else(|| EditError::NotFound("person", id.to_owned()))?);
            Ok(())
        })
    }

    /// Gives out a code as if `person` had just used the authorize page or the in-client API of `client_id`.
    pub(crate) fn issue_code(
        &self,
        kind: CodeKind,
        client_id: &str,
        person: &str,
        corp_id: Option<&str>,
    ) -> Result<String, EditError> {
        let directory = self.directory();
        if directory.app(client_id).is_none() {
            return Err(EditError::NotFound("app", client_id.to_owned()));
        }
        if directory.person_by_id(person).is_none() {
            return Err(EditError::NotFound("person", person.to_owned()));
        }
        let seconds = match kind {
            CodeKind::Oauth => directory.quirks.code_seconds,
            CodeKind::Jsapi => JSAPI_CODE_SECONDS,
        };
        let expires_at = self.now() + Duration::from_secs(seconds);
        Ok(self.codes.issue(Grant {
            kind,
            client_id: client_id.to_owned(),
            person: person.to_owned(),
            corp_id: corp_id.map(str::to_owned),
            expires_at,
        }))
    }
}
