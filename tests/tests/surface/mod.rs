//! What the site looks like from outside, whatever is asked of it: sizes, methods, addresses, languages, the API.

mod api;
mod base_path;
mod basics;
mod languages;
