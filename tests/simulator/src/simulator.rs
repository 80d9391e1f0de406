//! The simulator in-process: start it, change it, look at it; dropping it stops it.

use std::collections::BTreeSet;
use std::fmt;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::endpoint::Endpoint;
use crate::faults::{Barrier, CallbackFault, Fault};
use crate::records::{Counters, RecordedRequest};
use crate::scenario::{App, Permission, Person, Scenario, ScenarioError};
use crate::serve;
use crate::world::{CodeKind, EditError, World};

/// A running simulator.
pub struct Simulator {
    address: SocketAddr,
    world: Arc<World>,
    task: JoinHandle<()>,
}

/// Why the simulator did not start.
#[derive(Debug)]
pub enum StartError {
    /// The address is not a loopback address: everybody in reach could sign in as anybody.
    NotLoopback(SocketAddr),
    /// The address cannot be listened on.
    Listen(SocketAddr, io::Error),
    /// The scenario contradicts itself.
    Scenario(ScenarioError),
}

impl Simulator {
    /// Starts on `127.0.0.1`, on a port that is free.
    ///
    /// # Errors
    /// When the scenario contradicts itself, or no port can be had.
    pub async fn start(scenario: Scenario) -> Result<Self, StartError> {
        Self::start_on((Ipv4Addr::LOCALHOST, 0).into(), scenario).await
    }

    /// Starts on an address of the caller's choice, which must be a loopback one.
    ///
    /// # Errors
    /// As [`Simulator::start`], or when the address is not a loopback one.
    pub async fn start_on(address: SocketAddr, scenario: Scenario) -> Result<Self, StartError> {
        if !address.ip().is_loopback() {
            return Err(StartError::NotLoopback(address));
        }
        let world = Arc::new(World::new(scenario).map_err(StartError::Scenario)?);
        let listening = TcpListener::bind(address).await.and_then(|listener| Ok((listener.local_addr()?, listener)));
        let (address, listener) = listening.map_err(|error| StartError::Listen(address, error))?;
        let task = tokio::spawn(serve::run(listener, Arc::clone(&world)));
        Ok(Self { address, world, task })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Base URL without a slash at the end; all three of DingTalk's hosts are here.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Plans a fault for the requests to `endpoint`, or to any endpoint with `None`.
    pub fn fault(&self, endpoint: impl Into<Option<Endpoint>>, fault: Fault) {
        self.world.faults.add(endpoint.into(), fault);
    }

    /// Forgets all planned faults, those of callbacks included.
    pub fn clear_faults(&self) {
        self.world.faults.clear();
        self.world.callbacks.clear();
    }

    /// Plans a wrong callback.
    pub fn callback_fault(&self, fault: CallbackFault) {
        self.world.callbacks.add(fault);
    }

    /// The barrier of this name, for faults made with [`Fault::barrier`].
    #[must_use]
    pub fn barrier(&self, name: &str) -> Barrier {
        self.world.barriers.named(name)
    }

    /// How often each endpoint was called.
    #[must_use]
    pub fn counters(&self) -> Counters {
        self.world.counters.read()
    }

    /// Sets all counters to zero.
    pub fn reset_counters(&self) {
        self.world.counters.reset();
    }

    /// The last requests, oldest first, redacted.
    #[must_use]
    pub fn requests(&self) -> Vec<RecordedRequest> {
        self.world.journal.read()
    }

    /// The scenario as it is now.
    #[must_use]
    pub fn scenario(&self) -> Scenario {
        Scenario::clone(&self.world.directory())
    }

    /// Registers a Redirect URL of an app; once is enough.
    ///
    /// # Errors
    /// When there is no such app, or the URL is none.
    pub fn register_redirect(&self, client_id: &str, url: &str) -> Result<(), EditError> {
        self.update_app(client_id, |app| app.register(url))
    }

    /// Takes a Redirect URL off an app's list.
    ///
    /// # Errors
    /// When there is no such app.
    pub fn unregister_redirect(&self, client_id: &str, url: &str) -> Result<(), EditError> {
        self.update_app(client_id, |app| app.redirect_urls.retain(|known| known != url))
    }

    /// Grants an app exactly these permissions.
    ///
    /// # Errors
    /// When there is no such app.
    pub fn set_permissions(
        &self,
        client_id: &str,
        permissions: impl IntoIterator<Item = Permission>,
    ) -> Result<(), EditError> {
        let permissions: BTreeSet<_> = permissions.into_iter().collect();
        self.update_app(client_id, |app| app.permissions = permissions)
    }

    /// Changes an app.
    ///
    /// # Errors
    /// When there is no such app, or the scenario would contradict itself.
    pub fn update_app(&self, client_id: &str, change: impl FnOnce(&mut App)) -> Result<(), EditError> {
        self.world.edit_app(client_id, change)
    }

    /// Changes a person: phone, memberships, anything.
    ///
    /// # Errors
    /// When there is no such person, or the scenario would contradict itself.
    pub fn update_person(&self, id: &str, change: impl FnOnce(&mut Person)) -> Result<(), EditError> {
        self.world.edit_person(id, change)
    }

    /// Changes anything else about the scenario: adds people, turns quirks.
    ///
    /// # Errors
    /// When the scenario would contradict itself.
    pub fn update(&self, change: impl FnOnce(&mut Scenario)) -> Result<(), EditError> {
        self.world.edit(|scenario| {
            change(scenario);
            Ok(())
        })
    }

    /// Approves every authorize request in the name of this person, without the page; `None` shows the page again.
    ///
    /// # Errors
    /// When there is no such person.
    pub fn set_auto_approve(&self, person: Option<&str>) -> Result<(), EditError> {
        self.update(|scenario| scenario.auto_approve = person.map(str::to_owned))
    }

    /// A code as the authorize page would give it; `corp_id` as with scope `corpid`.
    ///
    /// # Errors
    /// When there is no such app or person.
    pub fn oauth_code(&self, client_id: &str, person: &str, corp_id: Option<&str>) -> Result<String, EditError> {
        self.world.issue_code(CodeKind::Oauth, client_id, person, corp_id)
    }

    /// A code as the JSAPI inside the DingTalk client would give it.
    ///
    /// # Errors
    /// When there is no such app or person.
    pub fn jsapi_code(&self, client_id: &str, person: &str) -> Result<String, EditError> {
        self.world.issue_code(CodeKind::Jsapi, client_id, person, None)
    }

    /// Moves the simulator's clock forward: codes and tokens age.
    pub fn advance_clock(&self, by: Duration) {
        self.world.advance(by);
    }

    /// Makes it this date, in milliseconds since 1970: what the header `Date` of every answer says from here on. Codes
    /// and tokens do not age by it.
    pub fn set_date(&self, ms: i64) {
        self.world.set_date(ms);
    }

    /// Back to the scenario as it was started with: no codes, tokens, faults, counts or records.
    pub fn reset(&self) {
        self.world.reset();
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotLoopback(address) => write!(
                f,
                "refusing to listen on {address}: the simulator signs anybody in as anybody, so it listens on loopback \
                 addresses only (127.0.0.1 or [::1])"
            ),
            Self::Listen(address, error) => write!(f, "cannot listen on {address}: {error}"),
            Self::Scenario(error) => write!(f, "the scenario cannot be used: {error}"),
        }
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::NotLoopback(_) => None,
            Self::Listen(_, error) => Some(error),
            Self::Scenario(error) => Some(error),
        }
    }
}
