//! What the services refuse, in the terms of the API.

use super::{Fault, Refused};
use crate::authenticators::form_page::DraftField;
use crate::authenticators::service::{DraftFaults, Refused as AuthenticatorRefused};
use crate::plugins::service::ChangeRefused;
use crate::signin::password::PasswordRefused;
use crate::ui::notice::Notice;
use crate::users::form_page::UserField;
use crate::users::service::UserRefused;
use crate::web::problem::Problem;

impl From<AuthenticatorRefused> for Refused {
    fn from(refused: AuthenticatorRefused) -> Self {
        match refused {
            AuthenticatorRefused::NotFound => Self::Problem(Problem::NotFound),
            AuthenticatorRefused::NoSuchType => Self::PluginOff,
            AuthenticatorRefused::Invalid(faults) => Self::Invalid(draft_faults(faults)),
            AuthenticatorRefused::LastWayIn => Self::Conflict(Notice::LastWayIn),
            AuthenticatorRefused::NotConfigured => Self::Conflict(Notice::NotConfigured),
            AuthenticatorRefused::Changed => Self::Conflict(Notice::Changed),
            AuthenticatorRefused::Findings(found) => Self::Findings(found),
            AuthenticatorRefused::Unproven(found) => Self::Unproven(found),
            AuthenticatorRefused::BuiltIn => Self::BuiltIn,
            AuthenticatorRefused::Failure(failure) => failure.into(),
        }
    }
}

fn draft_faults(faults: DraftFaults) -> Vec<Fault> {
    use ui_schema::Language::{En, ZhCn};
    let name = |field| match field {
        DraftField::Uid => "uid",
        DraftField::Title(En) => "title.en",
        DraftField::Title(ZhCn) => "title.zh-CN",
        DraftField::Description(En) => "description.en",
        DraftField::Description(ZhCn) => "description.zh-CN",
        DraftField::Enabled => "enabled",
    };
    let own = faults.own.into_iter().map(|(field, fault)| Fault::Own(name(field), fault));
    let settings = faults.settings.into_iter().map(Fault::Setting);
    own.chain(settings).chain(faults.other_client.map(Fault::Client)).collect()
}

impl From<UserRefused> for Refused {
    fn from(refused: UserRefused) -> Self {
        let name = |field| match field {
            UserField::Username => "username",
            UserField::Nickname => "nickname",
            UserField::Email => "email",
            UserField::Phone => "phone",
            UserField::Roles => "roles",
            UserField::Password => "password",
        };
        match refused {
            UserRefused::NotFound => Self::Problem(Problem::NotFound),
            UserRefused::Invalid(faults) => {
                Self::Invalid(faults.into_iter().map(|(field, fault)| Fault::Own(name(field), fault)).collect())
            }
            UserRefused::LastAdministrator => Self::Conflict(Notice::LastAdministrator),
            UserRefused::NotYourself => Self::Conflict(Notice::NotYourself),
            UserRefused::Failure(failure) => failure.into(),
        }
    }
}

impl From<ChangeRefused> for Refused {
    fn from(refused: ChangeRefused) -> Self {
        match refused {
            ChangeRefused::NotFound => Self::Problem(Problem::NotFound),
            ChangeRefused::Plugin(why) => Self::Plugin(why.key().to_string()),
            ChangeRefused::LastWayIn => Self::Conflict(Notice::LastWayIn),
            ChangeRefused::Settings(unfit) => Self::Unfit(unfit),
            ChangeRefused::Older { .. } => Self::Plugin("plugin-older".to_owned()),
            ChangeRefused::Rehearsal { .. } => Self::Plugin("plugin-rehearsal".to_owned()),
            ChangeRefused::StillEnabled => Self::Conflict(Notice::PluginStillEnabled),
            ChangeRefused::InFolder => Self::Conflict(Notice::PluginInFolder),
            ChangeRefused::NoWayBack => Self::Conflict(Notice::PluginNoWayBack),
            ChangeRefused::Failure(failure) => failure.into(),
        }
    }
}

impl From<PasswordRefused> for Refused {
    fn from(refused: PasswordRefused) -> Self {
        match refused {
            PasswordRefused::Wrong => Self::WrongPassword,
            PasswordRefused::Off => Self::PasswordOff,
            PasswordRefused::Failure(failure) => failure.into(),
        }
    }
}
