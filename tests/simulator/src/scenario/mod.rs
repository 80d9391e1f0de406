//! Who exists: a scenario is a JSON file, or a value built in a test, that lists organisations, apps and people.
//!
//! It is data only; what happens while the simulator runs (codes, tokens, faults) lives in `world`.

mod app;
mod check;
mod membership;
mod person;

use std::path::Path;

use serde::{Deserialize, Serialize};

pub use app::{App, Organisation, Permission};
pub use check::ScenarioError;
pub use membership::{ContactType, DepartmentSeat, ExclusiveAccount, ExclusiveKind, Membership, Role};
pub use person::{Note, Person, Phone};

/// The committed demonstration: two organisations, three apps and people in every situation worth testing.
const DEMO: &str = include_str!("../../scenarios/demo.json");

/// Everything that exists when the simulator starts, and again after a reset.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// Companies. Their ids are what DingTalk calls `corpId`.
    pub organisations: Vec<Organisation>,
    /// Applications registered in the developer console.
    pub apps: Vec<App>,
    /// People with a DingTalk account, members of an organisation or not.
    pub people: Vec<Person>,
    /// Id of the person in whose name every authorize request is approved at once, without showing the page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auto_approve: Option<String>,
    /// Which way to go where DingTalk's behaviour is not known.
    #[serde(default)]
    pub quirks: Quirks,
}

/// Open questions about the real service, each with the answer that is the more demanding one for a client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Quirks {
    /// How long a code from the page is good for, in seconds. Only for the in-client code is it documented: five minutes.
    pub code_seconds: u64,
    /// HTTP status of `invalidParameter.authCode.notFound`; the body is captured, the status is not.
    pub code_not_found_status: u16,
    /// Whether a code presented to the endpoint of the other kind is spent by it.
    pub wrong_endpoint_spends_code: bool,
    /// Whether the answer to a refresh repeats `corpId`.
    pub corp_id_on_refresh: bool,
    /// Whether `stateCode` is still sent when the app may not read `mobile`.
    pub state_code_without_mobile: bool,
    /// Value of `error` in the callback after a person declined; no list of reasons is published.
    pub declined_error: String,
    /// Whether an expired app token is told apart (42001) from an unknown one (40014) on `oapi`.
    pub tells_expired_app_token: bool,
    /// Whether people pass the page in the name of an organisation that they are no members of. The real page refuses
    /// most of them, but what it looks at is not documented.
    pub lets_outsiders_pass: bool,
    /// How often the page in a frame tells the window around it. Pages that were drawn again have been seen to be told
    /// more than once.
    pub frame_messages: u8,
}

impl Default for Quirks {
    fn default() -> Self {
        Self {
            code_seconds: 300,
            code_not_found_status: 400,
            wrong_endpoint_spends_code: false,
            corp_id_on_refresh: false,
            state_code_without_mobile: false,
            declined_error: "access_denied".to_owned(),
            tells_expired_app_token: false,
            lets_outsiders_pass: false,
            frame_messages: 1,
        }
    }
}

impl Scenario {
    /// The demonstration scenario, `scenarios/demo.json`.
    ///
    /// # Errors
    /// Never with the committed file; a test proves it.
    pub fn demo() -> Result<Self, ScenarioError> {
        Self::from_json(DEMO)
    }

    /// Reads a scenario from JSON and checks it.
    ///
    /// # Errors
    /// When the text is not a scenario, or contradicts itself (see [`ScenarioError`]).
    pub fn from_json(text: &str) -> Result<Self, ScenarioError> {
        let scenario: Self = serde_json::from_str(text).map_err(ScenarioError::Json)?;
        scenario.check()?;
        Ok(scenario)
    }

    /// Reads a scenario from a file.
    ///
    /// # Errors
    /// As [`Scenario::from_json`], or when the file cannot be read.
    pub fn load(path: &Path) -> Result<Self, ScenarioError> {
        let text = std::fs::read_to_string(path).map_err(|error| ScenarioError::Read(path.to_owned(), error))?;
        Self::from_json(&text)
    }

    /// The app with this Client ID.
    #[must_use]
    pub fn app(&self, client_id: &str) -> Option<&App> {
        self.apps.iter().find(|app| app.client_id == client_id)
    }

    /// The app with this Client ID, to change it.
    pub fn app_mut(&mut self, client_id: &str) -> Option<&mut App> {
        self.apps.iter_mut().find(|app| app.client_id == client_id)
    }

    /// The person with this id.
    #[must_use]
    pub fn person(&self, id: &str) -> Option<&Person> {
        self.people.iter().find(|person| person.id == id)
    }

    /// The person with this id, to change them.
    pub fn person_mut(&mut self, id: &str) -> Option<&mut Person> {
        self.people.iter_mut().find(|person| person.id == id)
    }

    /// The name of an organisation, or its id when it has none here.
    pub(crate) fn organisation_name<'a>(&'a self, corp_id: &'a str) -> &'a str {
        self.organisations.iter().find(|one| one.corp_id == corp_id).map_or(corp_id, |one| one.name.as_str())
    }
}
