//! The text format of Prometheus, version 0.0.4, read strictly.

use std::collections::{BTreeMap, BTreeSet};

/// A page of metrics.
pub struct Metrics {
    types: BTreeMap<String, String>,
    samples: Vec<Sample>,
}

/// One line of it.
#[derive(Debug, Clone)]
pub struct Sample {
    pub name: String,
    pub labels: BTreeMap<String, String>,
    pub value: f64,
}

impl Metrics {
    /// Reads a page; every rule of the format that is broken is a panic.
    pub fn parse(text: &str) -> Self {
        assert!(text.ends_with('\n'), "the last line ends too");
        let mut page = Self { types: BTreeMap::new(), samples: Vec::new() };
        let (mut family, mut seen) = (String::new(), BTreeSet::new());
        for line in text.lines() {
            if let Some(rest) = line.strip_prefix("# HELP ") {
                let (name, help) = rest.split_once(' ').expect("a help text");
                assert!(is_name(name) && !help.is_empty(), "{line}");
                family = name.to_owned();
            } else if let Some(rest) = line.strip_prefix("# TYPE ") {
                let (name, kind) = rest.split_once(' ').expect("a type");
                assert_eq!(name, family, "{line}");
                assert!(["counter", "gauge", "histogram"].contains(&kind), "{line}");
                assert!(page.types.insert(name.to_owned(), kind.to_owned()).is_none(), "twice: {line}");
            } else {
                let sample = sample(line);
                assert!(page.belongs(&sample.name, &family), "{line} stands below {family}");
                assert!(seen.insert(format!("{}{:?}", sample.name, sample.labels)), "twice: {line}");
                page.samples.push(sample);
            }
        }
        page
    }

    /// All samples of a name.
    pub fn of<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Sample> {
        self.samples.iter().filter(move |sample| sample.name == name)
    }

    /// The one sample of a name whose labels include these.
    pub fn value(&self, name: &str, labels: &[(&str, &str)]) -> f64 {
        let fits = |sample: &&Sample| labels.iter().all(|(name, value)| sample.label(name) == *value);
        let found: Vec<_> = self.of(name).filter(fits).collect();
        assert_eq!(found.len(), 1, "{name} {labels:?}: {found:?}");
        found[0].value
    }

    fn belongs(&self, name: &str, family: &str) -> bool {
        let parts: &[&str] = match self.types[family].as_str() {
            "histogram" => &["_bucket", "_sum", "_count"],
            _ => &[""],
        };
        parts.iter().any(|part| name.strip_suffix(part) == Some(family))
    }
}

impl Sample {
    /// The value of a label, empty if there is none.
    pub fn label(&self, name: &str) -> &str {
        self.labels.get(name).map_or("", String::as_str)
    }
}

fn sample(line: &str) -> Sample {
    let (name, rest) = line.split_at(line.find(['{', ' ']).expect("a value"));
    assert!(is_name(name), "{line}");
    let (labels, value) = match rest.strip_prefix('{') {
        Some(rest) => labels(rest, line),
        None => (BTreeMap::new(), rest),
    };
    let value = value.strip_prefix(' ').expect("a blank before the value").parse().expect("a number");
    Sample { name: name.to_owned(), labels, value }
}

/// Labels up to the brace, and what comes after it.
fn labels<'a>(mut rest: &'a str, line: &str) -> (BTreeMap<String, String>, &'a str) {
    let mut labels = BTreeMap::new();
    loop {
        let (name, after) = rest.split_once("=\"").unwrap_or_else(|| panic!("no label: {line}"));
        assert!(is_name(name) && !name.contains(':'), "{line}");
        let (value, length) = quoted(after);
        assert!(labels.insert(name.to_owned(), value).is_none(), "{line}");
        rest = &after[length..];
        match rest.split_at(1) {
            (",", next) => rest = next,
            ("}", value) => return (labels, value),
            _ => panic!("{line}"),
        }
    }
}

/// A value up to its closing quotation mark, and how long it is with that.
fn quoted(text: &str) -> (String, usize) {
    let (mut value, mut characters) = (String::new(), text.char_indices());
    while let Some((position, character)) = characters.next() {
        match character {
            '"' => return (value, position + 1),
            '\\' => value.push(match characters.next().expect("something escaped").1 {
                'n' => '\n',
                plain @ ('\\' | '"') => plain,
                other => panic!("\\{other} is no escape"),
            }),
            plain => value.push(plain),
        }
    }
    panic!("no end: {text}");
}

fn is_name(name: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_alphabetic() || byte == b'_' || byte == b':';
    name.bytes().next().is_some_and(letter) && name.bytes().all(|byte| letter(byte) || byte.is_ascii_digit())
}
