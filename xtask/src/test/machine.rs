//! What the tests need of the machine, beyond Rust: installed if missing, left out if so asked.

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::Command;

use super::Options;
use crate::failure::Failure;
use crate::layout::Layout;
use crate::shell::{has, read, run, say};

/// The oldest Node.js that the form check and the OpenID Connect provider run on (`engines` in their `package.json`).
const OLDEST_NODE: u32 = 20;

/// A part of the tests that needs something.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    Browser,
    Postgres,
    Node,
}

/// Why a part is left out.
#[derive(Clone, Copy)]
enum Why {
    Asked,
    TooOld,
}

/// A part that is not tested.
#[derive(Clone, Copy)]
pub(super) struct LeftOut {
    need: Need,
    why: Why,
}

/// A machine on which the tests can run.
pub(super) struct Machine {
    left_out: Vec<LeftOut>,
}

impl Need {
    const ALL: [Self; 3] = [Self::Browser, Self::Postgres, Self::Node];

    /// The word in `GATEHOUSE_TEST_SKIP`.
    const fn word(self) -> &'static str {
        match self {
            Self::Browser => "browser",
            Self::Postgres => "postgres",
            Self::Node => "node",
        }
    }

    /// Debian's packages that are not there, or not by another way: a machine may have its programs from elsewhere,
    /// and Debian's package of the same program may then not be installable.
    fn missing_packages(self) -> Vec<&'static str> {
        let program = |program: &str, package: &'static str| (has(program), package);
        let wanted = match self {
            // The fonts are for the Chinese in the pictures, npm fetches the accessibility checker.
            Self::Browser => vec![
                program("chromium", "chromium"),
                program("chromedriver", "chromium-driver"),
                (has_chinese_fonts(), "fonts-noto-cjk"),
                program("npm", "npm"),
            ],
            Self::Postgres => vec![(has_postgres(), "postgresql")],
            Self::Node => vec![program("node", "nodejs"), program("npm", "npm")],
        };
        wanted.into_iter().filter(|(there, _)| !there).map(|(_, package)| package).collect()
    }

    const fn is_declined(self, options: &Options) -> bool {
        match self {
            Self::Browser => options.no_browser,
            Self::Postgres => options.no_postgres,
            Self::Node => options.no_node,
        }
    }
}

impl LeftOut {
    pub(super) const fn name(self) -> &'static str {
        self.need.word()
    }

    pub(super) fn why(self) -> String {
        match self.why {
            Why::Asked => format!("--no-{}", self.need.word()),
            Why::TooOld => format!("it needs Node.js {OLDEST_NODE} or later"),
        }
    }
}

impl Machine {
    /// Installs what is missing, or says what to install.
    pub(super) fn prepare(options: &Options, layout: &Layout) -> Result<Self, Failure> {
        let (declined, wanted): (Vec<Need>, Vec<Need>) =
            Need::ALL.into_iter().partition(|need| need.is_declined(options));
        let missing: Vec<Need> = wanted.iter().copied().filter(|need| !need.missing_packages().is_empty()).collect();
        let packages: BTreeSet<&str> = missing.iter().flat_map(|need| need.missing_packages()).collect();
        let packages: Vec<&str> = packages.into_iter().collect();
        if !packages.is_empty() {
            if options.no_install || !is_root() {
                return Err(Failure::new(advice(&missing, &packages)));
            }
            install(&packages)?;
        }
        let mut left_out: Vec<LeftOut> = declined.into_iter().map(|need| LeftOut { need, why: Why::Asked }).collect();
        if wanted.contains(&Need::Browser) {
            install_packages(&layout.root.join("tests/browser-tools"))?;
        }
        if wanted.contains(&Need::Node) {
            match node_version()? >= OLDEST_NODE {
                true => {
                    for folder in ["tests/rjsf", "tests/oidc-provider"] {
                        install_packages(&layout.root.join(folder))?;
                    }
                }
                false => left_out.push(LeftOut { need: Need::Node, why: Why::TooOld }),
            }
        }
        Ok(Self { left_out })
    }

    pub(super) fn left_out(&self) -> &[LeftOut] {
        &self.left_out
    }

    /// What the tests are told to leave out.
    pub(super) fn skipped(&self) -> String {
        self.left_out.iter().map(|part| part.need.word()).collect::<Vec<_>>().join(",")
    }
}

fn advice(missing: &[Need], packages: &[&str]) -> String {
    let flags = missing.iter().map(|need| format!("--no-{}", need.word())).collect::<Vec<_>>().join(" ");
    format!(
        "missing on this machine: {}\n  either run this as root, or: sudo apt-get install --no-install-recommends {}\n  \
         or leave those tests out: cargo xtask test {flags}",
        packages.join(", "),
        packages.join(" "),
    )
}

fn install(packages: &[&str]) -> Result<(), Failure> {
    say(format_args!("Installing Debian's {}", packages.join(", ")));
    let apt = || {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive").arg("--quiet=2");
        command
    };
    run(apt().arg("update"))?;
    run(apt().args(["install", "--yes", "--no-install-recommends"]).args(packages))
}

/// The JavaScript packages that the lock file in `folder` names, unless they are there.
fn install_packages(folder: &Path) -> Result<(), Failure> {
    let changed = |path: &str| fs::metadata(folder.join(path)).and_then(|about| about.modified()).ok();
    let (installed, wanted) = (changed("node_modules/.package-lock.json"), changed("package-lock.json"));
    if installed >= wanted {
        return Ok(());
    }
    say(format_args!("Installing the JavaScript packages of {} (npm ci)", folder.display()));
    run(Command::new("npm").current_dir(folder).args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]))
}

/// The major version of Node.js.
fn node_version() -> Result<u32, Failure> {
    let version = read(Command::new("node").arg("--version"))?;
    let major = version.trim().trim_start_matches('v').split('.').next().and_then(|major| major.parse().ok());
    major.ok_or_else(|| Failure::new(format!("what version of Node.js is {:?}?", version.trim())))
}

/// Debian keeps the server's programs out of the way: in `/usr/lib/postgresql/<version>/bin`.
fn has_postgres() -> bool {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    has("initdb") || versions.into_iter().any(|version| version.path().join("bin/initdb").exists())
}

fn has_chinese_fonts() -> bool {
    Path::new("/usr/share/fonts/opentype/noto").exists()
}

fn is_root() -> bool {
    fs::metadata("/proc/self").is_ok_and(|about| about.uid() == 0)
}
