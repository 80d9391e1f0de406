//! The structure of a library file.
//!
//! The dynamic loader trusts what it maps: a file that is cut off kills the process with SIGBUS in the middle of
//! `dlopen`. So its structure is checked here first, and with it what the loader would run or fetch before we are
//! asked: other libraries, and places to look for them.

use object::elf::{
    DT_AUDIT, DT_AUXILIARY, DT_DEPAUDIT, DT_FILTER, DT_NEEDED, DT_RPATH, DT_RUNPATH, EM_AARCH64, EM_X86_64, ET_DYN,
    FileHeader64, Machine, PT_DYNAMIC, SHN_UNDEF, SHT_DYNAMIC,
};
use object::read::elf::{Dyn, ElfFile64, FileHeader, ProgramHeader, SectionHeader, Sym};
use object::{Endianness, Object, ObjectSection};
use plugin_api::host::ROOT_SYMBOL;

use crate::plugins::Refused;

/// Libraries that a plug-in may need: those of every Rust library on glibc. The dynamic loader's own name follows.
const NEEDED: [&str; 5] = ["libc.so.6", "libm.so.6", "libgcc_s.so.1", "libpthread.so.0", "libdl.so.2"];

/// The processor this host was built for.
const MACHINE: Option<Machine> = if cfg!(all(target_arch = "x86_64", target_endian = "little")) {
    Some(EM_X86_64)
} else if cfg!(all(target_arch = "aarch64", target_endian = "little")) {
    Some(EM_AARCH64)
} else {
    None
};

/// Longest section that we read out of a library, in bytes.
const MAX_SECTION: usize = 256 * 1024;

/// A library that the dynamic loader may be shown.
pub(super) struct Library<'data> {
    file: ElfFile64<'data, Endianness>,
}

impl<'data> Library<'data> {
    /// Parses and checks the whole structure.
    pub(super) fn parse(bytes: &'data [u8]) -> Result<Self, Refused> {
        check_kind(bytes)?;
        let library = Self { file: ElfFile64::parse(bytes).map_err(damaged)? };
        library.check_segments(bytes.len() as u64)?;
        library.check_dynamic_table()?;
        library.check_root_symbol()?;
        Ok(library)
    }

    /// The content of a section, without trailing zero bytes.
    pub(super) fn section(&self, name: &str) -> Result<Option<&'data [u8]>, Refused> {
        let mut sections = self.file.sections().filter(|section| section.name() == Ok(name));
        let Some(section) = sections.next() else { return Ok(None) };
        if sections.next().is_some() {
            return Err(Refused::Damaged(format!("there are several sections {name}")));
        }
        let content = section.data().map_err(damaged)?;
        if content.len() > MAX_SECTION {
            return Err(Refused::Damaged(format!("section {name} is too long")));
        }
        let end = content.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1);
        Ok(Some(&content[..end]))
    }

    /// Everything that the loader maps has to be in the file.
    fn check_segments(&self, size: u64) -> Result<(), Refused> {
        let endian = self.file.endian();
        let segments = self.file.elf_program_headers();
        let outside = |segment: &&object::elf::ProgramHeader64<Endianness>| {
            let (offset, length) = segment.file_range(endian);
            offset.checked_add(length).is_none_or(|end| end > size)
        };
        if segments.is_empty() || segments.iter().find(outside).is_some() {
            return Err(Refused::Damaged("it is cut off".into()));
        }
        Ok(())
    }

    fn check_dynamic_table(&self) -> Result<(), Refused> {
        self.check_one_dynamic_table()?;
        let endian = self.file.endian();
        let table = self.file.elf_dynamic_table().map_err(damaged)?;
        for entry in table.dynamics() {
            let tag = entry.d_tag(endian);
            if [DT_RPATH, DT_RUNPATH, DT_AUDIT, DT_DEPAUDIT, DT_FILTER, DT_AUXILIARY].contains(&tag) {
                return Err(Refused::SearchPath);
            }
            if tag == DT_NEEDED {
                let name = entry.string(endian, *table.strings()).map_err(damaged)?;
                let name = String::from_utf8_lossy(name);
                if !NEEDED.contains(&&*name) && !name.starts_with("ld-linux") {
                    return Err(Refused::NeedsLibrary(name.into_owned()));
                }
            }
        }
        Ok(())
    }

    /// We read the table that the section headers name, the loader reads the one of the program headers: they have
    /// to be the same.
    fn check_one_dynamic_table(&self) -> Result<(), Refused> {
        let endian = self.file.endian();
        let loaded = self.file.elf_program_headers().iter().filter(|segment| segment.p_type(endian) == PT_DYNAMIC);
        let named = self.file.elf_section_table().iter().filter(|section| section.sh_type(endian) == SHT_DYNAMIC);
        let loaded: Vec<_> = loaded.map(|segment| segment.file_range(endian)).collect();
        let named: Vec<_> = named.filter_map(|section| section.file_range(endian)).collect();
        if loaded.len() == 1 && loaded == named {
            return Ok(());
        }
        Err(Refused::Damaged("its tables contradict each other".into()))
    }

    fn check_root_symbol(&self) -> Result<(), Refused> {
        let endian = self.file.endian();
        let symbols = self.file.elf_dynamic_symbol_table();
        let is_root = |symbol: &object::elf::Sym64<Endianness>| {
            symbol.st_shndx(endian) != SHN_UNDEF
                && symbol.name(endian, symbols.strings()).is_ok_and(|name| name == ROOT_SYMBOL.as_bytes())
        };
        if symbols.iter().any(is_root) { Ok(()) } else { Err(Refused::NoRootSymbol) }
    }
}

/// Whether the library is for the processor of this host.
pub(super) fn check_machine(bytes: &[u8]) -> Result<(), Refused> {
    let (header, endian) = header(bytes)?;
    if Some(header.e_machine(endian)) == MACHINE { Ok(()) } else { Err(Refused::WrongMachine) }
}

/// Whether it is a library, for a processor that some host could have.
fn check_kind(bytes: &[u8]) -> Result<(), Refused> {
    let (header, endian) = header(bytes)?;
    if ![EM_X86_64, EM_AARCH64].contains(&header.e_machine(endian)) {
        return Err(Refused::WrongMachine);
    }
    if header.e_type(endian) == ET_DYN { Ok(()) } else { Err(Refused::NotALibrary) }
}

/// The first 64 bytes, in the order in which a person would want to be told.
fn header(bytes: &[u8]) -> Result<(&FileHeader64<Endianness>, Endianness), Refused> {
    if !bytes.starts_with(b"\x7fELF") {
        return Err(Refused::NotElf);
    }
    let [class, encoding, ..] = bytes[4..] else { return Err(Refused::Damaged("it is cut off".into())) };
    if (class, encoding) != (2, 1) {
        return Err(Refused::WrongMachine);
    }
    let header = FileHeader64::<Endianness>::parse(bytes).map_err(damaged)?;
    Ok((header, header.endian().map_err(damaged)?))
}

fn damaged(error: object::read::Error) -> Refused {
    Refused::Damaged(error.to_string())
}
