//! What is wrong with a value, in words for the person who entered it.

use serde::Serialize;

use crate::{Language, Text};

/// One thing that is wrong with submitted values. It never holds the value itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldFault {
    /// The field; the values as a whole, if `None`. For [`FaultKind::UnknownField`] it is the name that was sent, cut
    /// after 64 characters.
    pub field: Option<String>,
    /// What is wrong.
    #[serde(flatten)]
    pub kind: FaultKind,
}

impl FieldFault {
    /// One plain sentence to put below the field.
    pub fn text(&self, language: Language) -> String {
        self.kind.sentence().get(language).to_owned()
    }
}

/// The closed set of things that can be wrong with a value, the more basic ones first. Of several that apply to one
/// field, the first is reported.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum FaultKind {
    /// The form itself is faulty, so that nothing can be checked; see [`crate::Form::validate_definition`].
    BrokenForm,
    /// The values are no JSON object.
    NotAnObject,
    /// The form has no such field.
    UnknownField,
    /// There is no value.
    Required,
    /// Text was expected.
    NotText,
    /// A boolean was expected.
    NotABoolean,
    /// A whole number was expected.
    NotAnInteger,
    /// The value is none of the options.
    NotOneOf,
    /// Too few characters.
    TooShort {
        /// The fewest characters.
        min: u32,
    },
    /// Too many characters.
    TooLong {
        /// The most characters.
        max: u32,
    },
    /// A number below or above the bounds.
    OutOfRange {
        /// The smallest number.
        min: i64,
        /// The largest number.
        max: i64,
    },
    /// No absolute `http` or `https` address without user name, query and fragment.
    NotAUrl,
    /// The text is not of the form's pattern.
    Pattern,
}

impl FaultKind {
    fn sentence(&self) -> Text {
        match self {
            Self::BrokenForm => Text::new(
                "This form is faulty and cannot be saved. Ask whoever provides the plug-in for a new version.",
                "此表单有缺陷，无法保存。请联系插件提供方获取新版本。",
            ),
            Self::NotAnObject => Text::new("The settings have to be a JSON object.", "设置必须是一个 JSON 对象。"),
            Self::UnknownField => Text::new("This form has no such field.", "此表单没有这个字段。"),
            Self::Required => Text::new("Please fill in this field.", "请填写此项。"),
            Self::NotText => Text::new("This has to be text.", "此项必须是文本。"),
            Self::NotABoolean => Text::new("This has to be either on or off.", "此项只能是开启或关闭。"),
            Self::NotAnInteger => Text::new("Please enter a whole number.", "请输入整数。"),
            Self::NotOneOf => Text::new("Please choose one of the options.", "请从选项中选择一项。"),
            Self::TooShort { min } => {
                Text::new(format!("Please enter at least {}.", characters(*min)), format!("请至少输入 {min} 个字符。"))
            }
            Self::TooLong { max } => Text::new(
                format!("Please enter no more than {}.", characters(*max)),
                format!("最多只能输入 {max} 个字符。"),
            ),
            Self::OutOfRange { min, max } => Text::new(
                format!("Please enter a whole number from {min} to {max}."),
                format!("请输入 {min} 到 {max} 之间的整数。"),
            ),
            Self::NotAUrl => Text::new(
                "Please enter a full address such as https://api.example.com, without a user name, “?” or “#”.",
                "请输入完整的地址，例如 https://api.example.com，且不含用户名、“?”和“#”。",
            ),
            Self::Pattern => Text::new(
                "This is not in the expected form. Please check it for characters that do not belong there.",
                "格式不正确，请检查是否包含不允许的字符。",
            ),
        }
    }
}

fn characters(count: u32) -> String {
    if count == 1 { "1 character".to_owned() } else { format!("{count} characters") }
}
