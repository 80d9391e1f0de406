//! What the request before this one did, told once on top of the next page.
//!
//! After a form is posted, the answer is a redirect to a page; the redirect carries the notice's name in the query
//! (`?notice=saved`). The names are a closed set, so nobody can put words of their own on a page by sending a link.

use super::components::Tone;
use crate::urls::with_query;

/// Something that just happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Changes were saved.
    Saved,
    /// Something new was created.
    Created,
    /// Something was deleted.
    Deleted,
    /// An authenticator or a user was enabled.
    Enabled,
    /// An authenticator or a user was disabled.
    Disabled,
    /// A plug-in was enabled.
    PluginEnabled,
    /// A plug-in was disabled.
    PluginDisabled,
    /// A plug-in could not be enabled; its card tells why.
    PluginFailed,
    /// The person's password was changed, and their other sessions ended.
    PasswordChanged,
    /// A link to an identity was removed.
    LinkRemoved,
    /// The person signed out.
    SignedOut,
    /// The session ended by itself, or was ended.
    SessionEnded,
    /// Refused: it is the only way to sign in that is left.
    LastWayIn,
    /// Refused: the person would have no way left to sign in.
    OwnLastWayIn,
    /// The account at the provider is connected with the person's account here.
    Linked,
    /// It is not any more.
    Unlinked,
    /// Nothing was connected: it took too long, or began in another browser or session.
    LinkOver,
    /// Refused: it is the only administrator that is left.
    LastAdministrator,
    /// Refused: people cannot do this to themselves.
    NotYourself,
    /// Refused: required settings are missing.
    NotConfigured,
    /// Refused: somebody else changed it at the same moment.
    Changed,
    /// A package was installed.
    PluginInstalled,
    /// Another release of a plug-in runs.
    PluginUpgraded,
    /// Packages were removed.
    PluginRemoved,
    /// Refused: it has to be disabled first.
    PluginStillEnabled,
    /// Refused: it lies in the folder of the server.
    PluginInFolder,
    /// Refused: there is nothing to go back to.
    PluginNoWayBack,
    /// What was to be changed is not there any more.
    Gone,
    /// Nobody was signed in by the provider's client: this is not it.
    ClientNotInClient,
    /// Nobody was signed in by the provider's client: it is used for another organisation.
    ClientWrongOrganisation,
    /// Nobody was signed in by the provider's client: it does not trust this site.
    ClientUntrustedDomain,
    /// Nobody was signed in by the provider's client: the person wants it otherwise.
    ClientCancelled,
    /// Nobody was signed in by the provider's client, for another reason.
    ClientFailed,
}

impl Notice {
    /// The parameter of the query.
    pub const PARAMETER: &'static str = "notice";

    /// How the names of those begin that say why the provider's client signed nobody in; the rest is what its scripts
    /// report ([`plugin_api::ClientSignIn`]).
    pub const OF_CLIENT: &'static str = "client-";

    /// Every notice.
    pub const ALL: [Self; 33] = [
        Self::Saved,
        Self::Created,
        Self::Deleted,
        Self::Enabled,
        Self::Disabled,
        Self::PluginEnabled,
        Self::PluginDisabled,
        Self::PluginFailed,
        Self::PasswordChanged,
        Self::LinkRemoved,
        Self::SignedOut,
        Self::SessionEnded,
        Self::LastWayIn,
        Self::OwnLastWayIn,
        Self::Linked,
        Self::Unlinked,
        Self::LinkOver,
        Self::LastAdministrator,
        Self::NotYourself,
        Self::NotConfigured,
        Self::Changed,
        Self::PluginInstalled,
        Self::PluginUpgraded,
        Self::PluginRemoved,
        Self::PluginStillEnabled,
        Self::PluginInFolder,
        Self::PluginNoWayBack,
        Self::Gone,
        Self::ClientNotInClient,
        Self::ClientWrongOrganisation,
        Self::ClientUntrustedDomain,
        Self::ClientCancelled,
        Self::ClientFailed,
    ];

    /// The name in the query; the message in the language files is `notice-` and this name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Saved => "saved",
            Self::Created => "created",
            Self::Deleted => "deleted",
            Self::Enabled => "enabled",
            Self::Disabled => "disabled",
            Self::PluginEnabled => "plugin-enabled",
            Self::PluginDisabled => "plugin-disabled",
            Self::PluginFailed => "plugin-failed",
            Self::PasswordChanged => "password-changed",
            Self::LinkRemoved => "link-removed",
            Self::SignedOut => "signed-out",
            Self::SessionEnded => "session-ended",
            Self::LastWayIn => "last-way-in",
            Self::OwnLastWayIn => "own-last-way-in",
            Self::Linked => "linked",
            Self::Unlinked => "unlinked",
            Self::LinkOver => "link-over",
            Self::LastAdministrator => "last-administrator",
            Self::NotYourself => "not-yourself",
            Self::NotConfigured => "not-configured",
            Self::Changed => "changed",
            Self::PluginInstalled => "plugin-installed",
            Self::PluginUpgraded => "plugin-upgraded",
            Self::PluginRemoved => "plugin-removed",
            Self::PluginStillEnabled => "plugin-still-enabled",
            Self::PluginInFolder => "plugin-in-folder",
            Self::PluginNoWayBack => "plugin-no-way-back",
            Self::Gone => "gone",
            Self::ClientNotInClient => "client-not-in-client",
            Self::ClientWrongOrganisation => "client-wrong-organisation",
            Self::ClientUntrustedDomain => "client-untrusted-domain",
            Self::ClientCancelled => "client-cancelled",
            Self::ClientFailed => "client-failed",
        }
    }

    /// The notice of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|notice| notice.name() == name)
    }

    /// The address with this notice in its query.
    #[must_use]
    pub fn on(self, address: String) -> String {
        with_query(address, &[(Self::PARAMETER, self.name())])
    }

    /// Whether it says why the provider's client signed nobody in.
    pub fn is_of_client(self) -> bool {
        self.name().starts_with(Self::OF_CLIENT)
    }

    /// Whether it is good news.
    pub const fn tone(self) -> Tone {
        match self {
            Self::SessionEnded | Self::ClientNotInClient | Self::ClientCancelled => Tone::Info,
            Self::ClientWrongOrganisation | Self::ClientUntrustedDomain | Self::ClientFailed => Tone::Warning,
            Self::PluginFailed
            | Self::LastWayIn
            | Self::OwnLastWayIn
            | Self::LinkOver
            | Self::LastAdministrator
            | Self::NotYourself
            | Self::NotConfigured
            | Self::Changed
            | Self::PluginStillEnabled
            | Self::PluginInFolder
            | Self::PluginNoWayBack
            | Self::Gone => Tone::Bad,
            _ => Tone::Good,
        }
    }
}
