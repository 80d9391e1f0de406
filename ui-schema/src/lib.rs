//! A settings form defined by one Rust struct.
//!
//! From the struct and a few attributes come the form that a person sees, in every language; the checks; which values
//! are secret; the typed settings that a plug-in reads; and the document that third-party renderers show unchanged
//! (JSON Schema and uiSchema of react-jsonschema-form 5 and 6). There is no second definition to keep in step.
//!
//! # Defining a form
//!
//! ```
//! use schemars::JsonSchema;
//! use serde::{Deserialize, Serialize};
//! use ui_schema::{Form, schemars};
//!
//! #[derive(Deserialize, JsonSchema)]
//! struct Settings {
//!     #[schemars(
//!         title = "Client ID",
//!         description = "From the **Credentials** page of your app.",
//!         length(max = 128),
//!         pattern(r"^[A-Za-z0-9_-]+$"),
//!         extend("x-zh-CN" = {"title": "客户端 ID", "description": "见应用的**凭证**页面。"})
//!     )]
//!     client_id: String,
//!
//!     #[schemars(title = "Client Secret", extend("writeOnly" = true, "x-zh-CN" = {"title": "客户端密钥"}))]
//!     client_secret: String,
//!
//!     #[schemars(title = "Region", extend("x-zh-CN" = {"title": "区域"}))]
//!     #[serde(default)]
//!     region: Region,
//!
//!     #[schemars(
//!         title = "API address",
//!         url,
//!         extend("x-when" = {"region": "custom"}, "x-role" = "upstream", "x-zh-CN" = {"title": "API 地址"})
//!     )]
//!     api_url: Option<String>,
//! }
//!
//! #[derive(Default, Serialize, Deserialize, JsonSchema)]
//! #[serde(rename_all = "kebab-case")]
//! enum Region {
//!     #[default]
//!     #[schemars(title = "Global", extend("x-zh-CN" = {"title": "全球"}))]
//!     Global,
//!     #[schemars(title = "Custom", extend("x-zh-CN" = {"title": "自定义"}))]
//!     Custom,
//! }
//!
//! let form = Form::of::<Settings>();
//! assert_eq!(form.validate_definition(), Ok(())); // a plug-in's tests ask this
//! assert!(form.field("client_id").unwrap().required && !form.field("region").unwrap().required);
//! ```
//!
//! # The vocabulary
//!
//! | The Rust type | is |
//! |---|---|
//! | `String` | one line of text; with `url` a base address, with `extend("writeOnly" = true)` a secret |
//! | `bool` | a check box, off unless there is a `#[serde(default = "…")]` |
//! | an integer type | a whole number within the type's bounds |
//! | an enum of unit variants, each with a `title` and its overlay | a choice |
//! | `Option<…>` of these | the same, not required |
//! | anything else | refused by [`Form::validate_definition`], as is every attribute that is not listed here |
//!
//! | The attribute | says |
//! |---|---|
//! | `title`, `description` | caption, and help as Markdown; a doc comment is a `description` |
//! | `length(min = …, max = …)`, `pattern(…)`, `range(min = …, max = …)` | what the value has to be like |
//! | `#[serde(default)]`, `#[serde(default = "…")]` | the value that is filled in; its type needs `Serialize` |
//! | `"x-placeholder" = "…"` | an example inside the empty field |
//! | `"x-zh-CN" = {"title": …, "description": …, "placeholder": …}` | the same texts in Chinese, each where English has one |
//! | `"writeOnly" = true` | a secret; `"format" = "password"` says the same |
//! | `"x-role" = "sign-up"` on a `bool` | [`Role::SignUp`] |
//! | `"x-role" = "redirect-url"` on an `Option<String>` | [`Role::RedirectUrl`]: read-only, filled by the host, never stored |
//! | `"x-role" = "upstream"` beside `url` | [`Role::Upstream`] |
//! | `"x-role" = "client"` or `"embed"` on a `bool` | [`Role::Client`], [`Role::Embed`] |
//! | `"x-role" = "landing"` on a text | [`Role::Landing`] |
//! | `"x-role" = "client-url"` on an `Option<String>` | [`Role::ClientUrl`]: like `redirect-url` |
//! | `"x-role" = "policy"` | [`Role::Policy`] |
//! | `"x-needed-when" = [{"field": value, …}, …]` on an optional field | a value is needed whenever all pairs of one object hold |
//! | `"x-when" = {"field": value}` | shown, and required unless it has a default, only while the other field has this value |
//!
//! The quoted ones go into `extend(…)`. A field that is not always there (`x-when`, `redirect-url`) is an `Option` or
//! has a `#[serde(default)]`.
//!
//! # From entry to use
//!
//! Entry: [`Form::read`] (HTML form) or [`Form::prepare`] (JSON API) → `Checker::check` (feature `validate`) →
//! [`Form::split`], whose secrets are sealed. Use: [`Form::join`] gives what the plug-in deserializes. Display:
//! [`Form::fields`] for the host's own pages, [`Form::document`] for everybody else's.
#![deny(missing_docs)]

#[cfg(feature = "validate")]
mod check;
mod define;
mod definition;
mod document;
#[cfg(feature = "validate")]
mod fault;
mod field;
mod form;
mod keywords;
mod pattern;
mod schema;
mod text;
mod values;

#[cfg(feature = "validate")]
pub use check::Checker;
pub use definition::{FormError, FormErrorReason};
pub use document::{Document, HostValues};
#[cfg(feature = "validate")]
pub use fault::{FaultKind, FieldFault};
pub use field::{ChoiceOption, Field, Kind, Role, TextRules, When};
pub use form::Form;
pub use schemars::{self, JsonSchema};
pub use text::{Language, Text};
