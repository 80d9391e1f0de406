//! A value of the file: written there, or kept elsewhere and referred to.

use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::Value;

use crate::config;

/// Largest file with a value, in bytes.
const LARGEST: u64 = 64 * 1024;

/// A value of the file.
#[derive(Clone, Deserialize)]
#[serde(try_from = "toml::Value")]
pub(super) enum Given {
    /// It stands there.
    Here(Value),
    /// `{ env = "NAME" }`: the environment variable has it.
    Variable(String),
    /// `{ file = "PATH" }`: the file has it, without the line break at its end. The path is relative to the folder of
    /// the applied file.
    File(PathBuf),
}

impl TryFrom<toml::Value> for Given {
    type Error = String;

    fn try_from(value: toml::Value) -> Result<Self, String> {
        match value {
            toml::Value::String(text) => Ok(Self::Here(text.into())),
            toml::Value::Boolean(flag) => Ok(Self::Here(flag.into())),
            toml::Value::Integer(number) => Ok(Self::Here(number.into())),
            toml::Value::Table(table) => reference(&table).ok_or_else(|| {
                "a table in place of a value has to be { env = \"NAME\" } or { file = \"PATH\" }".to_owned()
            }),
            _ => Err("this has to be text, a whole number, true or false".to_owned()),
        }
    }
}

fn reference(table: &toml::Table) -> Option<Given> {
    let mut entries = table.iter();
    let (key, value) = entries.next()?;
    let target = value.as_str()?.to_owned();
    match (key.as_str(), entries.next()) {
        ("env", None) => Some(Given::Variable(target)),
        ("file", None) => Some(Given::File(target.into())),
        _ => None,
    }
}

impl Given {
    /// Whether the value itself stands in the file, where no secret belongs.
    pub(super) const fn is_here(&self) -> bool {
        matches!(self, Self::Here(_))
    }

    /// The value. What comes from elsewhere is text, and never empty.
    pub(super) fn value(&self, folder: &Path) -> Result<Value, String> {
        match self {
            Self::Here(value) => Ok(value.clone()),
            Self::Variable(name) => {
                let text = config::secret_from_environment(name).map_err(|error| error.to_string())?;
                filled(text, &format!("the environment variable {name}"))
            }
            Self::File(path) => {
                let path = folder.join(path);
                let text = read(&path).map_err(|error| format!("{}: {error}", path.display()))?;
                filled(text, &format!("the file {}", path.display()))
            }
        }
    }

    /// The value, if it is text.
    pub(super) fn text(&self, folder: &Path) -> Result<String, String> {
        match self.value(folder)? {
            Value::String(text) => Ok(text),
            _ => Err("this has to be text".to_owned()),
        }
    }
}

fn read(path: &Path) -> std::io::Result<String> {
    if std::fs::metadata(path)?.len() > LARGEST {
        return Err(std::io::Error::other("the file is too large for a value"));
    }
    let text = std::fs::read_to_string(path)?;
    let line = text.strip_suffix('\n').unwrap_or(&text);
    Ok(line.strip_suffix('\r').unwrap_or(line).to_owned())
}

fn filled(text: String, place: &str) -> Result<Value, String> {
    if text.is_empty() { Err(format!("{place} is empty")) } else { Ok(text.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Line {
        value: Given,
    }

    fn given(text: &str) -> Result<Given, String> {
        let line: Result<Line, _> = toml::from_str(&format!("value = {text}"));
        line.map(|line| line.value).map_err(|error| error.message().to_owned())
    }

    #[test]
    fn a_value_stands_there_or_elsewhere() {
        assert!(matches!(given("\"x\""), Ok(Given::Here(Value::String(text))) if text == "x"));
        assert!(matches!(given("true"), Ok(Given::Here(Value::Bool(true)))));
        assert!(matches!(given("{ env = \"NAME\" }"), Ok(Given::Variable(name)) if name == "NAME"));
        assert!(matches!(given("{ file = \"a/b\" }"), Ok(Given::File(path)) if path == Path::new("a/b")));
    }

    #[test]
    fn anything_else_is_refused() {
        for text in ["{ env = 1 }", "{ env = \"A\", file = \"B\" }", "{}", "[1]", "1.5", "{ random = true }"] {
            assert!(given(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_file_gives_its_line() {
        let path = std::env::temp_dir().join(format!("gatehouse-given-{}", std::process::id()));
        std::fs::write(&path, "s3cret \r\n").unwrap();
        let text = Given::File(path.clone()).text(Path::new("/elsewhere"));
        std::fs::write(&path, "\n").unwrap();
        let empty = Given::File(path.clone()).text(Path::new(""));
        std::fs::remove_file(path).unwrap();
        assert_eq!(text.as_deref(), Ok("s3cret "));
        assert!(empty.is_err_and(|why| why.contains("is empty")));
    }
}
