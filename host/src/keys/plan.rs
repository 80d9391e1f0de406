//! What would become of every link.

use std::collections::{BTreeMap, BTreeSet};

use plugin_api::{Resolution, ResolveRequest};
use sha2::{Digest, Sha256};

use super::{Refused, Subject};
use crate::app::App;
use crate::ids;
use crate::store::binding_keys::{self, KeyRow};

/// What would become of the links of one authenticator.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) rows: Vec<PlanRow>,
}

/// What would become of one link.
#[derive(Clone, Debug)]
pub(crate) struct PlanRow {
    pub(crate) link: KeyRow,
    pub(crate) fate: Fate,
}

/// What becomes of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It moves to this subject.
    Move(String),
    /// Its user has a link by that subject already, so it goes.
    Merge(String),
    /// It is by the subject, and there is no newer one.
    Stay,
    /// Another user is linked to that subject, or would be: nothing happens before an administrator decides. The
    /// username.
    Conflict(String),
    /// The provider knows nobody with this identifier.
    Nobody,
    /// Several people have it.
    Ambiguous,
    /// It moves when the person signs in next.
    NeedsPerson,
    /// It could not be found out now.
    Unknown,
}

impl Fate {
    /// Every fate's name, in the order in which they are counted.
    pub(crate) const NAMES: [&'static str; 8] =
        ["move", "merge", "stay", "conflict", "nobody", "ambiguous", "needs-person", "unknown"];

    /// Its name, for texts and programs.
    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::Move(_) => "move",
            Self::Merge(_) => "merge",
            Self::Stay => "stay",
            Self::Conflict(_) => "conflict",
            Self::Nobody => "nobody",
            Self::Ambiguous => "ambiguous",
            Self::NeedsPerson => "needs-person",
            Self::Unknown => "unknown",
        }
    }

    /// The subject that the link ends at, if it ends at another.
    pub(super) fn target(&self) -> Option<&str> {
        match self {
            Self::Move(subject) | Self::Merge(subject) => Some(subject),
            _ => None,
        }
    }
}

impl Plan {
    /// How many links have the fate `name`.
    pub(crate) fn count(&self, name: &str) -> usize {
        self.rows.iter().filter(|row| row.fate.name() == name).count()
    }

    /// How many links would be written.
    pub(crate) fn changes(&self) -> usize {
        self.rows.iter().filter(|row| row.fate.target().is_some()).count()
    }

    /// What tells this plan from any other, so that exactly what was shown is carried out.
    pub(crate) fn fingerprint(&self) -> String {
        let mut hash = Sha256::new();
        for PlanRow { link, fate } in &self.rows {
            for part in [&link.namespace, &link.subject, &link.user_id, fate.name(), fate.target().unwrap_or_default()]
            {
                hash.update(part.len().to_le_bytes());
                hash.update(part);
            }
        }
        ids::hex(&hash.finalize())
    }
}

/// Looks up every link by another identifier and, if `also_subjects`, whether those by the subject have a newer one.
pub(crate) async fn plan(app: &App, subject: &Subject, also_subjects: bool) -> Result<Plan, Refused> {
    let links = {
        let mut conn = app.store.read().await?;
        binding_keys::all(&mut conn, &subject.authenticator.id).await?
    };
    let wanted = |link: &&KeyRow| link.kind != ResolveRequest::SUBJECT || also_subjects;
    let to_resolve: Vec<&KeyRow> = links.iter().filter(wanted).collect();
    let resolutions = resolve(app, subject, &to_resolve).await?;
    let resolved: Vec<(&KeyRow, Resolution)> = to_resolve.into_iter().zip(resolutions).collect();
    let claims = claims(&links, &resolved);
    // Of several links of one user that lead to one subject, the first moves and the others merge into it.
    let mut taken: BTreeSet<String> = links.iter().filter(is_by_subject).map(|link| link.subject.clone()).collect();
    let mut rows = Vec::with_capacity(resolved.len());
    for (link, resolution) in resolved {
        let fate = fate(link, resolution, &claims, &taken);
        if let Fate::Move(target) = &fate {
            taken.insert(target.clone());
        }
        rows.push(PlanRow { link: link.clone(), fate });
    }
    Ok(Plan { rows })
}

fn is_by_subject(link: &&KeyRow) -> bool {
    link.kind == ResolveRequest::SUBJECT
}

/// Whose links lead to each subject. One that is linked by it already is its user's, whoever else leads there.
fn claims<'a>(links: &'a [KeyRow], resolved: &[(&'a KeyRow, Resolution)]) -> BTreeMap<String, Vec<&'a KeyRow>> {
    let mut claims: BTreeMap<String, Vec<&KeyRow>> = BTreeMap::new();
    for link in links.iter().filter(is_by_subject) {
        claims.entry(link.subject.clone()).or_default().push(link);
    }
    let held: BTreeSet<String> = claims.keys().cloned().collect();
    for (link, resolution) in resolved {
        match resolution {
            Resolution::Subject(subject) if !held.contains(subject) => {
                claims.entry(subject.clone()).or_default().push(link);
            }
            _ => {}
        }
    }
    claims
}

/// Asks the plug-in, kind by kind and in portions that end within the time of one call.
async fn resolve(app: &App, subject: &Subject, links: &[&KeyRow]) -> Result<Vec<Resolution>, Refused> {
    let one = &subject.authenticator;
    let on = one.on_behalf(app, one.settings_in_clear(app, &subject.kind.form)?, &subject.kind.form);
    let mut resolutions = Vec::with_capacity(links.len());
    for of_kind in links.chunk_by(|one, next| one.kind == next.kind) {
        for portion in of_kind.chunks(PORTION) {
            let kind = &portion[0].kind;
            let values = portion.iter().map(|link| link.subject.clone()).collect();
            let found = if subject.knows(kind) {
                subject.plugin.resolve(&on, kind, values).await.map_err(Refused::Plugin)?
            } else {
                vec![Resolution::Unknown; portion.len()]
            };
            resolutions.extend(found);
        }
    }
    Ok(resolutions)
}

/// How many identifiers the plug-in is asked about in one call: providers limit the rate of look-ups.
const PORTION: usize = 20;

fn fate(
    link: &KeyRow,
    resolution: Resolution,
    claims: &BTreeMap<String, Vec<&KeyRow>>,
    taken: &BTreeSet<String>,
) -> Fate {
    let target = match resolution {
        Resolution::Subject(subject) => subject,
        Resolution::Nobody => return Fate::Nobody,
        Resolution::Ambiguous => return Fate::Ambiguous,
        Resolution::NeedsPerson => return Fate::NeedsPerson,
        Resolution::Unknown => return Fate::Unknown,
    };
    if link.kind == ResolveRequest::SUBJECT && link.subject == target {
        return Fate::Stay;
    }
    // Whoever comes first in the alphabet has no better claim than the other.
    let rival = claims.get(&target).into_iter().flatten().find(|other| other.user_id != link.user_id);
    match rival {
        Some(rival) => Fate::Conflict(rival.username.clone()),
        None if taken.contains(&target) => Fate::Merge(target),
        None => Fate::Move(target),
    }
}
