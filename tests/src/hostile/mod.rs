//! Packages that must not get in, each with the reason that it has to be refused for.
//!
//! They are made here and not kept as files: an archive that climbs out of its folder is nothing to have lying about
//! in a source tree, and what is made says what is wrong with it. The writer is one of the tests' own, which writes
//! whatever it is told; a host's own writer could not make most of these.

mod bombs;
mod contradictions;
mod forge;
mod kinds;
mod manifests;
mod names;
mod shapes;
mod signatures;
mod tar;

pub use forge::Forge;

/// A package that must not get in.
pub struct Hostile {
    /// What is wrong with it; unique.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The reason to refuse it: the end of the key of its sentence, behind `plugin-refused-`.
    pub reason: &'static str,
}

impl Hostile {
    fn new(name: impl Into<String>, reason: &'static str, bytes: Vec<u8>) -> Self {
        Self { name: name.into(), bytes, reason }
    }
}

/// All of them. Those that are signed are signed with the forge's key, which the host that refuses them has to trust.
pub fn packages(forge: &Forge) -> Vec<Hostile> {
    let rooms: [fn(&Forge) -> Vec<Hostile>; 7] = [
        names::packages,
        kinds::packages,
        shapes::packages,
        bombs::packages,
        manifests::packages,
        contradictions::packages,
        signatures::packages,
    ];
    rooms.iter().flat_map(|room| room(forge)).collect()
}
