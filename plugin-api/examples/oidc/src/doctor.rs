//! The connection doctor: do these settings work, as far as can be told without a person?

use plugin_api::{Context, Fault, FaultKind, Finding, Severity};
use ui_schema::Text;

use crate::provider::Provider;
use crate::{Settings, keys, token};

/// What can be told about the authenticator of `cx`.
///
/// # Errors
/// Only for settings that cannot be read at all.
pub(crate) async fn examine(cx: &Context) -> Result<Vec<Finding>, Fault> {
    let _: Settings = cx.settings()?;
    // What the doctor says is about now.
    cx.forget("discovery");
    let provider = match Provider::discovered(cx).await {
        Ok(provider) => provider,
        Err(fault) => return Ok(vec![undiscovered(&fault)]),
    };
    let mut findings = vec![Finding::new(
        "discovery",
        Severity::Good,
        Text::new("The provider describes itself as this issuer.", "提供方的自述信息与该 Issuer 一致。"),
    )];
    findings.extend(elsewhere(&provider));
    findings.push(pkce(&provider));
    findings.push(signing_keys(&provider).await);
    findings.push(credentials(&provider).await);
    Ok(findings)
}

fn undiscovered(fault: &Fault) -> Finding {
    let message = match fault.kind {
        FaultKind::Misconfigured => Text::new(
            "There is no discovery document of this issuer at its address.",
            "该地址没有此 Issuer 的发现文档。",
        ),
        _ => Text::new("The discovery document cannot be read.", "无法读取发现文档。"),
    };
    Finding::new("discovery", Severity::Error, message).remedy(Text::new(
        "Enter the issuer exactly as the provider writes it, with or without a slash at the end.",
        "请按提供方的写法填写 Issuer，注意末尾是否有斜杠。",
    ))
}

/// Endpoints on servers that nobody entered.
fn elsewhere(provider: &Provider<'_>) -> Vec<Finding> {
    let (document, settings) = (&provider.document, &provider.settings);
    let userinfo = document.userinfo_endpoint.as_deref().filter(|_| settings.userinfo);
    let endpoints = [
        ("authorization", Some(document.authorization_endpoint.as_str()), "sign-in page", "登录页面"),
        ("token", Some(document.token_endpoint.as_str()), "tokens", "令牌"),
        ("keys", Some(document.jwks_uri.as_str()), "keys", "密钥"),
        ("userinfo", userinfo, "userinfo", "userinfo"),
    ];
    let unlent =
        endpoints.into_iter().filter(|(_, endpoint, ..)| endpoint.is_some_and(|one| !is_entered(settings, one)));
    let finding = |(id, endpoint, en, zh_cn): (&str, Option<&str>, &str, &str)| {
        let server = origin(endpoint.unwrap_or_default());
        Finding::new(
            format!("{id}-server"),
            Severity::Error,
            Text::new(
                format!("An endpoint is on a server that is not in the settings: {server}"),
                format!("有端点位于设置中未填写的服务器：{server}"),
            ),
        )
        .remedy(Text::new(
            format!("If that is right, enter it as “Another server: {en}”."),
            format!("确认无误后，请填入“其他服务器：{zh_cn}”。"),
        ))
    };
    unlent.map(finding).collect()
}

fn is_entered(settings: &Settings, endpoint: &str) -> bool {
    let servers = [
        Some(&settings.issuer),
        settings.authorization_server.as_ref(),
        settings.token_server.as_ref(),
        settings.keys_server.as_ref(),
        settings.userinfo_server.as_ref(),
    ];
    servers.into_iter().flatten().any(|server| origin(server).eq_ignore_ascii_case(origin(endpoint)))
}

/// Scheme, host and port of an address.
fn origin(address: &str) -> &str {
    let start = address.find("://").map_or(0, |at| at + 3);
    let end = address[start..].find(['/', '?', '#']).map_or(address.len(), |at| start + at);
    &address[..end]
}

fn pkce(provider: &Provider<'_>) -> Finding {
    if provider.document.checks_verifiers() {
        let message = Text::new("The provider checks code verifiers (PKCE).", "提供方支持 PKCE 校验。");
        return Finding::new("pkce", Severity::Good, message);
    }
    let message = Text::new(
        "The provider does not say that it checks code verifiers (PKCE with S256).",
        "提供方未声明支持 PKCE（S256）。",
    );
    Finding::new("pkce", Severity::Warning, message).remedy(Text::new(
        "Sign-in works without it, as far as the provider ignores what it does not know; the nonce still ties each \
         answer to its attempt.",
        "若提供方忽略未知参数，仍可登录；nonce 仍会将每次应答与对应的登录请求绑定。",
    ))
}

async fn signing_keys(provider: &Provider<'_>) -> Finding {
    let (severity, message) = match keys::usable_ones(provider).await {
        Ok(0) => (
            Severity::Error,
            Text::new("None of the provider's keys can be used for signatures.", "提供方的密钥均不能用于验证签名。"),
        ),
        Ok(_) => {
            (Severity::Good, Text::new("The provider publishes keys for its signatures.", "提供方已公布签名密钥。"))
        }
        Err(_) => (Severity::Error, Text::new("The provider's keys cannot be read.", "无法读取提供方的密钥。")),
    };
    Finding::new("keys", severity, message)
}

/// Asks for tokens with a code that was never issued: a provider looks at the client first, and refuses the code only if
/// the client is right.
async fn credentials(provider: &Provider<'_>) -> Finding {
    let redirect_uri = &provider.cx.about().redirect_uri;
    // As long as a verifier has to be; it proves nothing here.
    let verifier = "0".repeat(43);
    let kind = match token::asked(provider, "connection-doctor", &verifier, redirect_uri).await {
        Ok(reply) => token::refusal(&reply).kind,
        Err(fault) => fault.kind,
    };
    let (severity, message) = match kind {
        FaultKind::CodeRejected => (
            Severity::Good,
            Text::new(
                "The provider accepts the Client ID and the Client Secret.",
                "提供方接受该 Client ID 和 Client Secret。",
            ),
        ),
        FaultKind::CredentialsRejected => (
            Severity::Error,
            Text::new(
                "The provider refuses the Client ID or the Client Secret.",
                "提供方拒绝该 Client ID 或 Client Secret。",
            ),
        ),
        _ => (
            Severity::Warning,
            Text::new(
                "Whether the provider accepts the Client ID and the Client Secret could not be told.",
                "无法判断提供方是否接受该 Client ID 和 Client Secret。",
            ),
        ),
    };
    Finding::new(Finding::CREDENTIALS, severity, message)
}
