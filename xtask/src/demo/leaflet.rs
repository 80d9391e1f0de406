//! What the demo prints once everything runs.

use std::path::{Path, PathBuf};

use super::AUTHENTICATOR;
use crate::shell::say;

/// What there is to tell.
pub(crate) struct Leaflet<'a> {
    pub(crate) address: String,
    pub(crate) console: String,
    /// The administrator's, if this start made one.
    pub(crate) password: Option<String>,
    pub(crate) root: &'a Path,
    pub(crate) data: PathBuf,
}

/// Somebody of the simulated organisation, what comes of choosing them, and the same in Chinese.
struct Guest(&'static str, &'static str, &'static str);

/// In an order in which every line comes true from top to bottom.
const GUESTS: [Guest; 13] = [
    Guest("林小满", "signs in as the existing user “lin” (same phone number)", "手机号相同，登录为已有用户 lin"),
    Guest("何继", "refused: has 林小满's old number, which is linked by now", "拒绝：其手机号已关联到林小满的账号"),
    Guest("白朴", "signs in as “bai”; the number comes without a country code", "登录为 bai（手机号不带国家代码）"),
    Guest("Amy Stone", "matches nobody: a new user is created", "未匹配到用户：自动创建新用户"),
    Guest("Terry Twin", "a new user too: 林小满's digits, another country", "同样创建新用户：号码相同但国家不同"),
    Guest("周正", "refused: administrators are not found by phone number", "拒绝：管理员账号不能通过手机号匹配"),
    Guest("易不同", "refused: the user “yi” is disabled", "拒绝：用户 yi 已停用"),
    Guest("沈默", "refused: has no phone number", "拒绝：没有手机号"),
    Guest("尹藏", "refused: the phone number arrives masked", "拒绝：返回的手机号被隐藏"),
    Guest("宋未眠", "refused: a member who has not activated the account", "拒绝：该成员尚未激活账号"),
    Guest("莫生", "refused by DingTalk itself: belongs to another organisation", "被钉钉拒绝：属于其他组织"),
    Guest("游客", "refused by DingTalk itself: belongs to no organisation", "被钉钉拒绝：不属于任何组织"),
    Guest("Decline", "refused: nothing is created", "拒绝授权：不会创建任何数据"),
];

impl Leaflet<'_> {
    pub(crate) fn print(&self) {
        self.addresses();
        say(
            "\nThen sign out and use “Continue with DingTalk”, or the panel above it, which stands for scanning a code.",
        );
        say("Choose   退出后点击“使用钉钉登录”，或使用其上方的面板（相当于扫码），选择：\n");
        for Guest(name, english, chinese) in &GUESTS {
            say(format_args!("  {}{english}", padded(name)));
            say(format_args!("  {}{chinese}", padded("")));
        }
        self.second_authenticator();
        say(format_args!("\nData and logs 数据与日志  {}", self.data.parent().unwrap_or(&self.data).display()));
        say("Ctrl-C stops everything. 按 Ctrl-C 停止。");
    }

    fn addresses(&self) {
        let Self { address, console, .. } = self;
        say("\n  Gatehouse is running. DingTalk is simulated on this machine; nothing leaves it.");
        say("  Gatehouse 已启动。钉钉为本机模拟，不会访问外部网络。\n");
        say(format_args!("  {}{address}/signin", padded("Open 打开")));
        say(format_args!("  {}admin", padded("User name 用户名")));
        match &self.password {
            Some(password) => {
                say(format_args!("  {}{password}   (new with every demo 每次演示重新生成)", padded("Password 密码")))
            }
            None => say(format_args!("  {}as you left it 与上次相同", padded("Password 密码"))),
        }
        say(format_args!("  {}{address}/admin/plugins", padded("Plug-ins 插件")));
        say(format_args!("  {}{address}/admin/authentication", padded("Authentication 认证")));
        say(format_args!("  {}{console}/_sim/", padded("DingTalk 模拟钉钉")));
    }

    fn second_authenticator(&self) {
        let Self { address, console, .. } = self;
        say("\nTo add a second one by hand (its app may not read phone numbers, and that is what it will say)");
        say("手动添加第二个认证器（该应用没有手机号权限，登录时会提示）：\n");
        say(format_args!("  1. {address}/admin/authentication → Add new 新增 → DingTalk 钉钉"));
        say("  2. Client ID      dingdemobare0002");
        say("     Client Secret  demo-secret-0002-not-a-real-one");
        say(format_args!("     Region 区域    Custom addresses 自定义地址: {console} (four times 四处相同)"));
        say(format_args!("  3. Copy the Redirect URL and register it at 复制重定向 URL 并在此注册  {console}/_sim/"));
        let seed = self.root.join("demo/seed.toml");
        say(format_args!("\nHow “{AUTHENTICATOR}” was made 配置来源  {}", seed.display()));
    }
}

/// `text`, and blanks up to the next column. Chinese letters are two columns wide.
fn padded(text: &str) -> String {
    const COLUMN: usize = 24;
    let width: usize = text.chars().map(|letter| if letter.is_ascii() { 1 } else { 2 }).sum();
    format!("{text}{}", " ".repeat(COLUMN.saturating_sub(width)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up() {
        assert_eq!(padded("User name 用户名").chars().count() + 3, 24);
        assert_eq!(padded("").len(), 24);
    }

    #[test]
    fn everybody_is_in_the_scenario() {
        let scenario = include_str!("../../../tests/simulator/scenarios/demo.json");
        for Guest(name, ..) in GUESTS.iter().filter(|guest| guest.0 != "Decline") {
            assert!(scenario.contains(&format!("\"nick\": \"{name}\"")), "{name}");
        }
    }
}
