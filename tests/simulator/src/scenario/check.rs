//! What a scenario must satisfy, so that a slip in a file is a sentence at start and not a riddle in a test.

use std::collections::HashSet;
use std::fmt;
use std::path::PathBuf;

use url::Url;

use super::{App, Person, Scenario};

/// Why a scenario cannot be used.
#[derive(Debug)]
pub enum ScenarioError {
    /// The file cannot be read.
    Read(PathBuf, std::io::Error),
    /// The text is not JSON, or not of the form of a scenario.
    Json(serde_json::Error),
    /// An id occurs twice, or is empty: its kind and the id.
    Id(&'static str, String),
    /// Something refers to an organisation or a person that does not exist: who refers, and to what.
    Dangling(String, String),
    /// A Redirect URL is not an absolute `http` or `https` URL without a fragment.
    RedirectUrl(String),
}

impl fmt::Display for ScenarioError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(path, error) => write!(f, "cannot read {}: {error}", path.display()),
            Self::Json(error) => write!(f, "not a scenario: {error}"),
            Self::Id(kind, id) if id.is_empty() => write!(f, "a {kind} is empty"),
            Self::Id(kind, id) => write!(f, "the {kind} {id:?} occurs twice"),
            Self::Dangling(from, to) => write!(f, "{from} refers to {to:?}, which does not exist"),
            Self::RedirectUrl(url) => {
                write!(f, "the Redirect URL {url:?} is not an absolute http or https URL without a fragment")
            }
        }
    }
}

impl std::error::Error for ScenarioError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Read(_, error) => Some(error),
            Self::Json(error) => Some(error),
            _ => None,
        }
    }
}

impl Scenario {
    /// Checks that ids are unique, references resolve and Redirect URLs are URLs.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn check(&self) -> Result<(), ScenarioError> {
        unique("corp id", self.organisations.iter().map(|one| one.corp_id.as_str()))?;
        unique("Client ID", self.apps.iter().map(|app| app.client_id.as_str()))?;
        unique("person id", self.people.iter().map(|person| person.id.as_str()))?;
        let former = self.people.iter().filter_map(|person| person.former_union_id.as_deref());
        unique("union id", self.people.iter().map(|person| person.union_id.as_str()).chain(former))?;
        unique_user_ids(&self.people)?;
        self.apps.iter().try_for_each(|app| self.check_app(app))?;
        self.people.iter().try_for_each(|person| self.check_person(person))?;
        match &self.auto_approve {
            Some(id) if self.person(id).is_none() => {
                Err(ScenarioError::Dangling("auto_approve".to_owned(), id.clone()))
            }
            _ => Ok(()),
        }
    }

    fn check_app(&self, app: &App) -> Result<(), ScenarioError> {
        self.check_corp(&format!("app {}", app.client_id), &app.corp_id)?;
        match app.redirect_urls.iter().find(|url| !is_redirect_url(url)) {
            Some(url) => Err(ScenarioError::RedirectUrl(url.clone())),
            None => Ok(()),
        }
    }

    fn check_person(&self, person: &Person) -> Result<(), ScenarioError> {
        let who = format!("person {}", person.id);
        person.memberships.keys().chain(person.union_ids.keys()).try_for_each(|corp| self.check_corp(&who, corp))
    }

    fn check_corp(&self, who: &str, corp_id: &str) -> Result<(), ScenarioError> {
        if self.organisations.iter().any(|one| one.corp_id == corp_id) {
            return Ok(());
        }
        Err(ScenarioError::Dangling(who.to_owned(), corp_id.to_owned()))
    }
}

/// Whether the console would accept `text` as a Redirect URL.
pub(crate) fn is_redirect_url(text: &str) -> bool {
    // The URL parser forgives blanks, which a `Location` header would not.
    let clean = !text.contains(|c: char| c.is_control() || c.is_whitespace());
    clean && Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.fragment().is_none())
}

fn unique<'a>(kind: &'static str, ids: impl Iterator<Item = &'a str>) -> Result<(), ScenarioError> {
    let mut seen = HashSet::new();
    for id in ids {
        if id.is_empty() || !seen.insert(id) {
            return Err(ScenarioError::Id(kind, id.to_owned()));
        }
    }
    Ok(())
}

/// A user id names one person inside an organisation; a leaver's may have been given to somebody else.
fn unique_user_ids(people: &[Person]) -> Result<(), ScenarioError> {
    let mut seen = HashSet::new();
    for (corp_id, seat) in people.iter().flat_map(|person| &person.memberships) {
        if seat.user_id.is_empty() || (!seat.left && !seen.insert((corp_id, &seat.user_id))) {
            return Err(ScenarioError::Id("userid", seat.user_id.clone()));
        }
    }
    Ok(())
}
