//! The web surface: where requests come from, where redirects lead, what pages make of foreign text.

mod addresses;
mod forgery;
mod markup;
mod redirects;
