//! `gatehouse plugin new`: a crate to begin with.

use std::path::PathBuf;

use clap::Args;

use crate::cli::Problem;
use crate::cli::terminal::{say, words};
use crate::kit::Name;
use crate::kit::new::{Trouble, new};

#[derive(Args)]
pub(in crate::cli) struct Options {
    /// What the plug-in is called, for example auth-acme: 2 to 64 lower-case letters, digits and hyphens, a letter
    /// first.
    name: String,
    /// The folder in which its folder is made.
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    path: PathBuf,
    /// Build with the plugin-api of this checkout instead of a copy of its own.
    #[arg(long, value_name = "FOLDER")]
    sdk: Option<PathBuf>,
}

pub(super) fn run(options: &Options) -> Result<(), Problem> {
    let name = Name::parse(&options.name).ok_or_else(|| Problem::configuration(words().t("kit-bad-name")))?;
    let folder = new(&name, &options.path, options.sdk.as_deref())?;
    say(format_args!("made       {}\n", folder.display()))?;
    say(words().with("kit-next", &[("folder", folder.display().to_string().into())]))
}

impl From<Trouble> for Problem {
    fn from(trouble: Trouble) -> Self {
        match trouble {
            Trouble::Exists(path) => Self::other(format!("{}: {}", path.display(), words().t("kit-exists"))),
            Trouble::NoSdk(path) => Self::configuration(format!("{}: {}", path.display(), words().t("kit-no-sdk"))),
            Trouble::Unwritable(path) => {
                Self::configuration(format!("{}: {}", path.display(), words().t("kit-unwritable")))
            }
            Trouble::Io(path, error) => Self::other(format!("{}: {error}", path.display())),
            Trouble::Embedded(why) => Self::other(format!("this program is damaged: {why}")),
        }
    }
}
