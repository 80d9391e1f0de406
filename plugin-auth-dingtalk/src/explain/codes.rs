//! What DingTalk's codes mean (pages `server-api-error-codes-1`, `call-frequency-limit`, `common-errors`, and those of
//! the interfaces).

/// The meaning of `code` in English and in Chinese, as the end of a sentence.
pub(super) fn meaning(code: &str) -> Option<(&'static str, &'static str)> {
    let entry = MEANINGS.iter().find(|(known, ..)| *known == code);
    entry.map(|(_, en, zh_cn)| (*en, *zh_cn))
}

/// Code, English, Chinese.
const MEANINGS: &[(&str, &str, &str)] = &[
    // The newer family.
    (
        "invalidParameter.authCode.notFound",
        "there is no such one-time code, or not any more",
        "临时授权码不存在或已失效",
    ),
    ("invalidClientIdOrSecret", "the Client ID or the Client Secret is wrong", "Client ID 或 Client Secret 错误"),
    ("Forbidden.AccessDenied.AccessTokenPermissionDenied", "the permission is not granted", "应用未开通该权限"),
    ("Forbidden.AccessDenied.IpNotInWhiteList", "the caller's address is not on the list", "调用方 IP 不在白名单中"),
    (
        "Forbidden.AccessDenied.QpsLimitForAppkeyAndApi",
        "too many calls of this application in one second",
        "应用每秒调用次数超限",
    ),
    (
        "Forbidden.AccessDenied.QpmLimitForAppkeyAndApi",
        "too many calls of this application in one minute",
        "应用每分钟调用次数超限",
    ),
    ("Forbidden.AccessDenied.QpsLimitForApi", "too many calls of all customers together", "该接口的全局调用次数超限"),
    (
        "Forbidden.AccessDenied.ApiCountLimitForOrg",
        "the organisation's calls of this month are used up",
        "组织本月的调用次数已用完",
    ),
    ("InvalidAuthentication", "the token is not valid (any more)", "访问凭证无效或已失效"),
    ("accesstoken.expired", "the token has expired", "访问凭证已过期"),
    ("AuthenticationFailed.MissingParameter", "the token is not where DingTalk looks for it", "请求头中缺少访问凭证"),
    ("invalidParameter.user.notFound", "there is no such person", "找不到该用户"),
    ("Missingbody", "the request arrived without its body", "请求缺少正文"),
    ("MissingclientId", "the request arrived without the Client ID", "请求缺少 Client ID"),
    ("InvalidAction.NotFound", "there is no such interface at this address", "该地址没有此接口"),
    ("unknownError", "DingTalk itself failed", "钉钉内部错误"),
    ("server.error", "DingTalk itself failed", "钉钉内部错误"),
    ("system.busy", "DingTalk is busy", "钉钉系统繁忙"),
    ("invalid.client", "the application is not one of this organisation", "该应用不属于此组织"),
    ("unauthorized.client", "the organisation has not authorised the application", "组织未授权该应用"),
    ("unsupported.grant.type", "this way to ask for a token is not known", "不支持该授权方式"),
    ("illegal.migration.unionId", "the person's unionId was never changed", "该 unionId 没有迁移记录"),
    // The older family.
    ("-1", "DingTalk is busy", "钉钉系统繁忙"),
    ("15", "the service behind the gateway did not answer", "网关后端服务没有响应"),
    ("22", "there is no such interface at this address", "该地址没有此接口"),
    ("88", "the service behind the gateway did not answer", "网关后端服务没有响应"),
    ("33012", "the userid is not valid", "无效的 userid"),
    ("40000", "the request arrived without its token", "请求缺少访问凭证"),
    ("40014", "the token is not valid (any more)", "访问凭证无效或已失效"),
    ("40035", "the request has a wrong parameter", "请求参数有误"),
    ("40078", "there is no such one-time code, or not any more", "临时授权码不存在或已失效"),
    ("40079", "the person does not belong to those who may use the application", "用户不在应用的可用范围内"),
    ("40089", "the credentials are wrong", "凭证错误"),
    ("40096", "the Client ID or the Client Secret is wrong", "Client ID 或 Client Secret 错误"),
    ("40104", "there is no such telephone number in the organisation", "组织中没有该手机号"),
    ("400002", "the request has a wrong parameter", "请求参数有误"),
    ("41001", "the request arrived without its token", "请求缺少访问凭证"),
    ("41026", "the request arrived without its code", "请求缺少临时授权码"),
    ("42001", "the token has expired", "访问凭证已过期"),
    ("43007", "the application is not authorised", "应用未获授权"),
    (
        "50002",
        "the person is outside the range of contacts that the application may read",
        "员工不在应用的通讯录权限范围内",
    ),
    (
        "50004",
        "the department is outside the range of contacts that the application may read",
        "部门不在应用的通讯录权限范围内",
    ),
    ("60003", "there is no such department", "部门不存在"),
    ("60011", "the permission is not granted", "应用未开通该权限"),
    ("60020", "the caller's address is not on the list", "调用方 IP 不在白名单中"),
    ("60121", "there is no such person in the organisation", "组织中找不到该用户"),
    ("90002", "too many calls of all customers together", "该接口的全局调用次数超限"),
    ("90018", "too many calls of this application in one second", "应用每秒调用次数超限"),
    ("90020", "the organisation's calls of this month are used up", "组织本月的调用次数已用完"),
    // What the sign-in page sends back.
    ("access_denied", "the person declined", "用户拒绝授权"),
];
