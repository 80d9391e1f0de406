//! What only the developer console knows. It cannot be asked, so it is listed to be compared.

use plugin_api::{Context, Finding, Severity};
use ui_schema::Text;

use crate::Settings;
use crate::explain::{self, CONSOLE};

/// The list for the enabled options.
pub(super) fn to_compare(cx: &Context, settings: &Settings) -> Vec<Finding> {
    let uri = cx.about().redirect_uri.as_str();
    let redirect = (!uri.is_empty()).then(|| redirect_url(uri));
    let client = settings.client.then(|| client_link(uri));
    redirect.into_iter().chain([personal_permissions()]).chain(client).collect()
}

fn redirect_url(uri: &str) -> Finding {
    let finding = if uri.starts_with("https://") {
        let message = Text::new(
            format!("This has to be registered as the Redirect URL, letter by letter: {uri}"),
            format!("重定向 URL 必须逐字登记为：{uri}"),
        );
        Finding::new("redirect-url", Severity::Info, message)
    } else {
        let message = Text::new(
            format!("The Redirect URL is not https: {uri}. Codes travel in clear, and DingTalk may refuse it."),
            format!("重定向 URL 不是 https：{uri}。授权码将以明文传输，钉钉也可能拒绝。"),
        );
        Finding::new("redirect-url", Severity::Warning, message)
    };
    let remedy = (
        "Compare it with “Redirect URL (callback domain)” under “Security settings” of the application.",
        "请与应用“安全设置”中的“重定向URL（回调域名）”核对。",
    );
    finding.remedy(explain::text(remedy)).link(CONSOLE).search(uri)
}

fn personal_permissions() -> Finding {
    let message = Text::new(
        "Whether the application has the two personal permissions shows only when somebody signs in.",
        "应用是否已开通两项个人权限，只有在用户登录时才能得知。",
    );
    let remedy = (
        "Grant both and publish a version of the application, then try with a rehearsal sign-in.",
        "请开通这两项权限并发布应用版本，然后用登录演练进行验证。",
    );
    let finding = Finding::new("personal-permissions", Severity::Info, message);
    finding.remedy(explain::text(remedy)).link(CONSOLE).search("Contact.User.Read, Contact.User.mobile")
}

fn client_link(uri: &str) -> Finding {
    let host = uri.split_once("://").map_or("", |(_, rest)| rest.split('/').next().unwrap_or_default());
    let message = Text::new(
        "Inside the client, people are signed in only if the home page address of the application, or its Redirect \
         URL, has this server's host name; with $CORPID$ in it, which DingTalk fills in.",
        "仅当应用首页地址或重定向 URL 的域名与本服务器一致时，才能在客户端内登录；首页地址中的 $CORPID$ 由钉钉替换。",
    );
    let remedy = (
        "Copy “Link for the workbench” from this form into the home page addresses for the phone and the desktop, then \
         publish a version of the application.",
        "请将本表单中的“工作台链接”复制到移动端和 PC 端的首页地址，然后发布应用版本。",
    );
    let finding = Finding::new("client-link", Severity::Info, message).remedy(explain::text(remedy)).link(CONSOLE);
    if host.is_empty() { finding } else { finding.search(host) }
}
