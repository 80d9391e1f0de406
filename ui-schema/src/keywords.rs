//! The JSON Schema keywords of one field, as schemars wrote them from its type and attributes.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::{ChoiceOption, FormErrorReason as Reason, Kind, Language, Role, Text, TextRules};

/// The key of the Chinese overlay.
const ZH_CN: &str = "x-zh-CN";
/// The largest whole number that every JSON parser keeps exactly (RFC 8259 section 6): 2^53 - 1.
const SAFE_INTEGER: i64 = 9_007_199_254_740_991;

/// The keywords of one field, with the `null` of an `Option` taken out.
pub(crate) struct Keywords<'a> {
    map: Cow<'a, Map<String, Value>>,
    nullable: bool,
}

impl<'a> Keywords<'a> {
    /// Reads the schema of a property. `Option<Enum>` comes as `anyOf: [enum, null]`, whose first half is moved up.
    pub(crate) fn of(schema: &'a Value) -> Result<Self, Reason> {
        let map = schema.as_object().ok_or(Reason::UnknownKind)?;
        let Some(halves) = map.get("anyOf") else {
            let nullable =
                map.get("type").and_then(Value::as_array).is_some_and(|types| types.contains(&"null".into()));
            return Ok(Self { map: Cow::Borrowed(map), nullable });
        };
        let Some([Value::Object(inner), null]) = halves.as_array().map(Vec::as_slice) else {
            return Err(Reason::UnknownKind);
        };
        if null.get("type") != Some(&"null".into()) {
            return Err(Reason::UnknownKind);
        }
        let mut merged = map.clone();
        merged.remove("anyOf");
        for (keyword, value) in inner {
            merged.entry(keyword).or_insert_with(|| value.clone());
        }
        Ok(Self { map: Cow::Owned(merged), nullable: true })
    }

    /// Whether the type is an `Option`.
    pub(crate) fn nullable(&self) -> bool {
        self.nullable
    }

    /// The value of one keyword.
    pub(crate) fn get(&self, keyword: &str) -> Option<&Value> {
        self.map.get(keyword)
    }

    /// The text `part` in both languages; an error if only one has it.
    pub(crate) fn text(&self, part: &str) -> Result<Option<Text>, Reason> {
        let english = if part == "placeholder" { self.get("x-placeholder") } else { self.get(part) };
        text(part, english, self.get(ZH_CN))
    }

    /// The kind of field.
    pub(crate) fn kind(&self, role: Option<Role>) -> Result<Kind, Reason> {
        let format = self.get("format").and_then(Value::as_str).unwrap_or_default();
        // Either keyword makes a secret: a mistake must not show one.
        let is_secret = self.get("writeOnly") == Some(&Value::Bool(true)) || format == "password";
        Ok(match self.single_type()? {
            "string" if role.is_some_and(Role::is_filled) && format.is_empty() => Kind::Copyable,
            "string" if self.get("oneOf").or(self.get("enum")).is_some() => Kind::Choice { options: self.options()? },
            "string" if is_secret && matches!(format, "" | "password") => Kind::Secret(self.text_rules()?),
            "string" if format == "uri" => Kind::Url(self.text_rules()?),
            "string" if format.is_empty() => Kind::Text(self.text_rules()?),
            "boolean" => Kind::Boolean,
            "integer" => self.integer()?,
            _ => return Err(Reason::UnknownKind),
        })
    }

    /// Refuses keywords that would be lost in a field of this kind.
    pub(crate) fn refuse_unknown(&self, kind: &Kind) -> Result<(), Reason> {
        let specific: &[&str] = match kind {
            Kind::Text(_) | Kind::Url(_) => &["format", "minLength", "maxLength", "pattern"],
            Kind::Secret(_) => &["format", "writeOnly", "minLength", "maxLength", "pattern"],
            Kind::Integer { .. } => &["format", "minimum", "maximum"],
            Kind::Choice { .. } => &["oneOf"],
            Kind::Copyable => &["readOnly"],
            Kind::Boolean => &[],
        };
        let common =
            ["type", "title", "description", "default", "x-placeholder", "x-role", "x-when", "x-needed-when", ZH_CN];
        let unknown = self.map.keys().find(|key| !common.contains(&key.as_str()) && !specific.contains(&key.as_str()));
        match unknown {
            Some(keyword) => Err(Reason::UnknownKeyword(keyword.clone())),
            None => refuse_unknown_texts(self.get(ZH_CN), &["title", "description", "placeholder"]),
        }
    }

    /// The one type besides `null`. The enum of an `Option` and of a documented Rust enum name none themselves.
    fn single_type(&self) -> Result<&str, Reason> {
        match self.get("type") {
            Some(Value::String(name)) => Ok(name),
            Some(Value::Array(names)) => {
                let mut names = names.iter().filter_map(Value::as_str).filter(|name| *name != "null");
                names.next().filter(|_| names.next().is_none()).ok_or(Reason::UnknownKind)
            }
            None if self.get("oneOf").is_some() => Ok("string"),
            _ => Err(Reason::UnknownKind),
        }
    }

    fn text_rules(&self) -> Result<TextRules, Reason> {
        let pattern = self.get("pattern").map(|pattern| pattern.as_str().ok_or(Reason::BadPattern)).transpose()?;
        Ok(TextRules {
            min_length: self.length("minLength")?.unwrap_or(0),
            max_length: self.length("maxLength")?.unwrap_or(TextRules::DEFAULT_MAX_LENGTH),
            pattern: pattern.map(str::to_owned),
        })
    }

    fn length(&self, keyword: &str) -> Result<Option<u32>, Reason> {
        let length = |value: &Value| value.as_u64().and_then(|length| u32::try_from(length).ok());
        self.get(keyword).map(|value| length(value).ok_or(Reason::BadBounds)).transpose()
    }

    /// The bounds that the author gave, within those of the Rust type. schemars writes the latter down for types of
    /// up to 16 bits only; wider ones have a `format`.
    fn integer(&self) -> Result<Kind, Reason> {
        let (least, most) = match self.get("format").and_then(Value::as_str) {
            Some("int32") => (i32::MIN.into(), i32::MAX.into()),
            Some("uint32") => (0, u32::MAX.into()),
            Some("uint" | "uint64" | "uint128") => (0, SAFE_INTEGER),
            _ => (-SAFE_INTEGER, SAFE_INTEGER),
        };
        let bound = |keyword| {
            let value = self.get(keyword).map(|value| value.as_i64().ok_or(Reason::BadBounds));
            value.transpose()
        };
        let (min, max) = (bound("minimum")?.unwrap_or(least), bound("maximum")?.unwrap_or(most));
        Ok(Kind::Integer { min: min.max(least), max: max.min(most) })
    }

    /// The variants of a Rust enum, each of which carries its labels. An enum without any label is a bare `enum`.
    fn options(&self) -> Result<Vec<ChoiceOption>, Reason> {
        let missing = || Reason::MissingText("option label".into(), Language::En);
        let variants = self.get("oneOf").and_then(Value::as_array).ok_or_else(missing)?;
        let option = |variant: &Value| {
            refuse_unknown_texts(variant.get(ZH_CN), &["title"])?;
            let value = variant.get("const").and_then(Value::as_str).ok_or_else(missing)?;
            let label = text("option label", variant.get("title"), variant.get(ZH_CN))?.ok_or_else(missing)?;
            Ok(ChoiceOption { value: value.to_owned(), label })
        };
        variants.iter().map(option).collect()
    }
}

/// One text in both languages. Key parity is part of the definition: what one language says, the other says too.
fn text(part: &str, english: Option<&Value>, overlay: Option<&Value>) -> Result<Option<Text>, Reason> {
    let key = if part == "option label" { "title" } else { part };
    let chinese = overlay.and_then(|overlay| overlay.get(key));
    let missing = |language| Reason::MissingText(part.to_owned(), language);
    match (english.and_then(Value::as_str), chinese.and_then(Value::as_str)) {
        (Some(english), Some(chinese)) => Ok(Some(Text::new(english, chinese))),
        (None, None) => Ok(None),
        (Some(_), None) => Err(missing(Language::ZhCn)),
        (None, Some(_)) => Err(missing(Language::En)),
    }
}

fn refuse_unknown_texts(overlay: Option<&Value>, known: &[&str]) -> Result<(), Reason> {
    let Some(overlay) = overlay else { return Ok(()) };
    let texts = overlay.as_object().ok_or_else(|| Reason::UnknownKeyword(ZH_CN.to_owned()))?;
    match texts.keys().find(|key| !known.contains(&key.as_str())) {
        Some(key) => Err(Reason::UnknownKeyword(format!("{ZH_CN}.{key}"))),
        None => Ok(()),
    }
}
