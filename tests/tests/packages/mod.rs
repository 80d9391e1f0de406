//! Packages: made and signed by authors, refused or accepted by hosts.

mod command_line;
mod hostile;
