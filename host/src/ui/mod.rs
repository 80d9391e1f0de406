//! What all pages share: the frame around them, the parts they are made of, words, forms and files.

pub mod assets;
pub mod components;
pub mod error_page;
pub mod fault;
pub mod form;
pub mod frame;
pub mod i18n;
pub mod icons;
pub mod layout;
pub mod markdown;
pub mod notice;
pub mod role;
pub mod time;

#[cfg(test)]
mod gallery;
#[cfg(test)]
mod keys;

pub use frame::Frame;
