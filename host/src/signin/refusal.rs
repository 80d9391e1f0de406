//! Why a sign-in did not end in a session, out of a closed set.
//!
//! A person reads one of these in plain words with a reference code; what really happened is in the log under that
//! code. Nothing that a provider or an attacker wrote is ever part of the text.

use http::StatusCode;

/// Why a sign-in was refused or failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Refusal {
    /// The state is unknown: stale, used before, from another browser, or made up.
    AttemptUnknown,
    /// The attempt took longer than its ten minutes.
    AttemptExpired,
    /// The callback breaks the rules: parameters missing, doubled, too long or contradictory.
    BadCallback,
    /// The authenticator was switched off or deleted.
    AuthenticatorOff,
    /// The settings were changed while the person was at the provider.
    AuthenticatorChanged,
    /// The person, or the provider on their behalf, declined.
    Denied,
    /// The provider does not accept the code.
    CodeRejected,
    /// The provider does not accept the client id or secret.
    ProviderCredentials,
    /// A permission is missing at the provider.
    ProviderPermission,
    /// The provider does not accept calls from this server's address.
    ProviderAddress,
    /// The provider limits the rate of calls.
    ProviderBusy,
    /// The provider could not be reached, or failed.
    ProviderUnavailable,
    /// The provider did not answer in time.
    ProviderSlow,
    /// The provider's answer makes no sense.
    ProviderBadAnswer,
    /// The person is not a member of the organisation, says the provider.
    NotAMember,
    /// The person is known to the organisation from outside only.
    ExternalContact,
    /// The person signed in for another organisation.
    OtherOrganisation,
    /// The provider did not say for which organisation the person signed in.
    OrganisationUnknown,
    /// The organisation has the person in its directory, but not as an active member.
    InactiveMember,
    /// Whether the person is a member could not be found out.
    MembershipUnproven,
    /// The account at the provider is linked to somebody else here.
    LinkTaken,
    /// A link or a rehearsal came back to another session than the one it began in.
    LinkSession,
    /// No telephone number came, and one is needed to find the account.
    NoPhone,
    /// The telephone number is masked or otherwise unclear.
    PhoneUnusable,
    /// Several accounts have the telephone number.
    PhoneAmbiguous,
    /// The account with this number belongs to somebody else at the provider: the number was handed on.
    PhoneTaken,
    /// Accounts of administrators are not linked by telephone number.
    PrivilegedAccount,
    /// Nobody matches, and unknown people are not signed up.
    SignUpOff,
    /// The account is disabled.
    AccountDisabled,
    /// The plug-in panicked, hung or broke the contract.
    PluginFailed,
    /// The plug-in is switched off or not loaded.
    PluginOff,
    /// The settings cannot work.
    Misconfigured,
    /// A fault of this server.
    Internal,
}

impl Refusal {
    /// Every refusal.
    pub const ALL: [Self; 33] = [
        Self::AttemptUnknown,
        Self::AttemptExpired,
        Self::BadCallback,
        Self::AuthenticatorOff,
        Self::AuthenticatorChanged,
        Self::Denied,
        Self::CodeRejected,
        Self::ProviderCredentials,
        Self::ProviderPermission,
        Self::ProviderAddress,
        Self::ProviderBusy,
        Self::ProviderUnavailable,
        Self::ProviderSlow,
        Self::ProviderBadAnswer,
        Self::NotAMember,
        Self::ExternalContact,
        Self::OtherOrganisation,
        Self::OrganisationUnknown,
        Self::InactiveMember,
        Self::MembershipUnproven,
        Self::LinkTaken,
        Self::LinkSession,
        Self::NoPhone,
        Self::PhoneUnusable,
        Self::PhoneAmbiguous,
        Self::PhoneTaken,
        Self::PrivilegedAccount,
        Self::SignUpOff,
        Self::AccountDisabled,
        Self::PluginFailed,
        Self::PluginOff,
        Self::Misconfigured,
        Self::Internal,
    ];

    /// The title in the language files; [`sentence_key`](Self::sentence_key) and [`advice_key`](Self::advice_key) are
    /// its attributes.
    pub const fn key(self) -> &'static str {
        match self {
            Self::AttemptUnknown => "refusal-attempt-unknown",
            Self::AttemptExpired => "refusal-attempt-expired",
            Self::BadCallback => "refusal-bad-callback",
            Self::AuthenticatorOff => "refusal-authenticator-off",
            Self::AuthenticatorChanged => "refusal-authenticator-changed",
            Self::Denied => "refusal-denied",
            Self::CodeRejected => "refusal-code-rejected",
            Self::ProviderCredentials => "refusal-provider-credentials",
            Self::ProviderPermission => "refusal-provider-permission",
            Self::ProviderAddress => "refusal-provider-address",
            Self::ProviderBusy => "refusal-provider-busy",
            Self::ProviderUnavailable => "refusal-provider-unavailable",
            Self::ProviderSlow => "refusal-provider-slow",
            Self::ProviderBadAnswer => "refusal-provider-bad-answer",
            Self::NotAMember => "refusal-not-a-member",
            Self::ExternalContact => "refusal-external-contact",
            Self::OtherOrganisation => "refusal-other-organisation",
            Self::OrganisationUnknown => "refusal-organisation-unknown",
            Self::InactiveMember => "refusal-inactive-member",
            Self::MembershipUnproven => "refusal-membership-unproven",
            Self::LinkTaken => "refusal-link-taken",
            Self::LinkSession => "refusal-link-session",
            Self::NoPhone => "refusal-no-phone",
            Self::PhoneUnusable => "refusal-phone-unusable",
            Self::PhoneAmbiguous => "refusal-phone-ambiguous",
            Self::PhoneTaken => "refusal-phone-taken",
            Self::PrivilegedAccount => "refusal-privileged-account",
            Self::SignUpOff => "refusal-sign-up-off",
            Self::AccountDisabled => "refusal-account-disabled",
            Self::PluginFailed => "refusal-plugin-failed",
            Self::PluginOff => "refusal-plugin-off",
            Self::Misconfigured => "refusal-misconfigured",
            Self::Internal => "refusal-internal",
        }
    }

    /// The sentence in the language files: what happened.
    pub fn sentence_key(self) -> String {
        format!("{}.sentence", self.key())
    }

    /// The advice in the language files: what to do.
    pub fn advice_key(self) -> String {
        format!("{}.advice", self.key())
    }

    /// The short name, for the journal and the log, for example `sign-up-off`.
    pub fn name(self) -> &'static str {
        self.key().trim_start_matches("refusal-")
    }

    /// The refusal of a short name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|refusal| refusal.name() == name)
    }

    /// The status of the page (RFC 9110 section 15).
    pub const fn status(self) -> StatusCode {
        match self {
            Self::AttemptUnknown
            | Self::AttemptExpired
            | Self::BadCallback
            | Self::AuthenticatorChanged
            | Self::LinkSession
            | Self::CodeRejected => StatusCode::BAD_REQUEST,
            Self::AuthenticatorOff
            | Self::PluginOff
            | Self::Denied
            | Self::NotAMember
            | Self::ExternalContact
            | Self::OtherOrganisation
            | Self::OrganisationUnknown
            | Self::InactiveMember
            | Self::LinkTaken
            | Self::NoPhone
            | Self::PhoneUnusable
            | Self::PhoneAmbiguous
            | Self::PhoneTaken
            | Self::PrivilegedAccount
            | Self::SignUpOff
            | Self::AccountDisabled => StatusCode::FORBIDDEN,
            Self::ProviderCredentials | Self::ProviderPermission | Self::ProviderAddress | Self::ProviderBadAnswer => {
                StatusCode::BAD_GATEWAY
            }
            Self::ProviderBusy | Self::ProviderUnavailable | Self::MembershipUnproven => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Self::ProviderSlow => StatusCode::GATEWAY_TIMEOUT,
            Self::PluginFailed | Self::Misconfigured | Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Whether the same person may succeed by trying the same way again at once.
    pub const fn retry_helps(self) -> bool {
        matches!(
            self,
            Self::AttemptUnknown
                | Self::AttemptExpired
                | Self::BadCallback
                | Self::AuthenticatorChanged
                | Self::Denied
                | Self::CodeRejected
                | Self::OtherOrganisation
                | Self::OrganisationUnknown
                | Self::MembershipUnproven
                | Self::ProviderBusy
                | Self::ProviderUnavailable
                | Self::ProviderSlow
                | Self::ProviderBadAnswer
                | Self::PluginFailed
                | Self::Internal
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back() {
        for refusal in Refusal::ALL {
            assert_eq!(Refusal::from_name(refusal.name()), Some(refusal));
        }
    }
}
