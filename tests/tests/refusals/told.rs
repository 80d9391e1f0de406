//! What a person is told: status, title and sentence, in both languages. Written out here, so that neither a mixed-up
//! key nor a changed meaning goes unnoticed.

/// One refusal as a person reads it.
pub struct Told {
    /// Status of the page.
    pub status: u16,
    /// Its name in the journal.
    pub reason: &'static str,
    /// Title and sentence in English.
    pub en: [&'static str; 2],
    /// Title and sentence in Chinese.
    pub zh: [&'static str; 2],
}

pub const ATTEMPT_UNKNOWN: Told = Told {
    status: 400,
    reason: "attempt-unknown",
    en: [
        "This sign-in cannot be continued",
        "It was already completed, or it began in another browser or another window.",
    ],
    zh: ["无法继续此次登录", "此次登录已经完成，或者是在另一个浏览器或窗口中发起的。"],
};

pub const ATTEMPT_EXPIRED: Told = Told {
    status: 400,
    reason: "attempt-expired",
    en: ["This sign-in took too long", "A sign-in has to be finished within ten minutes."],
    zh: ["登录用时过长", "登录需要在十分钟内完成。"],
};

pub const BAD_CALLBACK: Told = Told {
    status: 400,
    reason: "bad-callback",
    en: ["The answer was incomplete", "We did not understand what the sign-in service sent back."],
    zh: ["返回的信息不完整", "我们无法识别登录服务返回的内容。"],
};

pub const AUTHENTICATOR_OFF: Told = Told {
    status: 403,
    reason: "authenticator-off",
    en: ["This way to sign in is switched off", "An administrator has switched it off or removed it."],
    zh: ["此登录方式已停用", "管理员已停用或删除了它。"],
};

pub const AUTHENTICATOR_CHANGED: Told = Told {
    status: 400,
    reason: "authenticator-changed",
    en: ["The settings have just changed", "An administrator changed this way to sign in while you were using it."],
    zh: ["设置刚刚发生变化", "在您登录期间，管理员修改了此登录方式。"],
};

pub const DENIED: Told = Told {
    status: 403,
    reason: "denied",
    en: ["You did not agree", "The sign-in was cancelled, so we do not know who you are."],
    zh: ["您没有同意授权", "登录已取消，因此我们无法确认您的身份。"],
};

pub const CODE_REJECTED: Told = Told {
    status: 400,
    reason: "code-rejected",
    en: [
        "This sign-in is no longer valid",
        "The sign-in service says that its permission was already used or has expired.",
    ],
    zh: ["此次登录已失效", "登录服务表示授权已被使用或已过期。"],
};

pub const CREDENTIALS: Told = Told {
    status: 502,
    reason: "provider-credentials",
    en: ["The connection is not set up correctly", "The sign-in service does not accept this site’s credentials."],
    zh: ["连接设置有误", "登录服务不接受本站的凭证。"],
};

pub const PERMISSION: Told = Told {
    status: 502,
    reason: "provider-permission",
    en: ["A permission is missing", "The sign-in service has not permitted this site to see what it needs."],
    zh: ["缺少权限", "登录服务没有允许本站读取所需的信息。"],
};

pub const ADDRESS: Told = Told {
    status: 502,
    reason: "provider-address",
    en: ["This server is not let in", "The sign-in service does not accept calls from this server’s address."],
    zh: ["本服务器未被允许访问", "登录服务不接受来自本服务器地址的请求。"],
};

pub const BUSY: Told = Told {
    status: 503,
    reason: "provider-busy",
    en: ["The sign-in service is busy", "It is getting more requests than it accepts at the moment."],
    zh: ["登录服务繁忙", "它目前收到的请求超过了上限。"],
};

pub const UNAVAILABLE: Told = Told {
    status: 503,
    reason: "provider-unavailable",
    en: ["The sign-in service cannot be reached", "It is out of order or not reachable at the moment."],
    zh: ["无法连接登录服务", "它目前出现故障或无法访问。"],
};

pub const SLOW: Told = Told {
    status: 504,
    reason: "provider-slow",
    en: ["The sign-in service did not answer in time", "We waited, but no answer came."],
    zh: ["登录服务没有及时响应", "我们等待了一段时间，但没有收到答复。"],
};

pub const BAD_ANSWER: Told = Told {
    status: 502,
    reason: "provider-bad-answer",
    en: [
        "The sign-in service gave an unexpected answer",
        "We cannot tell from it who you are, so we did not sign you in.",
    ],
    zh: ["登录服务的答复异常", "我们无法据此确认您的身份，因此没有让您登录。"],
};

pub const NOT_A_MEMBER: Told = Told {
    status: 403,
    reason: "not-a-member",
    en: ["You are not a member of the organisation", "The sign-in service does not list you as a member."],
    zh: ["您不是该组织的成员", "登录服务的成员名单中没有您。"],
};

pub const NO_PHONE: Told = Told {
    status: 403,
    reason: "no-phone",
    en: [
        "No telephone number was shared",
        "We find your account by your telephone number, and the sign-in service did not tell us one.",
    ],
    zh: ["没有获得手机号", "我们通过手机号查找您的帐号，但登录服务没有提供。"],
};

pub const PHONE_UNUSABLE: Told = Told {
    status: 403,
    reason: "phone-unusable",
    en: [
        "The telephone number is not clear",
        "The sign-in service gave us a number that is hidden in part or has no country code.",
    ],
    zh: ["手机号不明确", "登录服务提供的号码有部分被隐藏，或缺少国家或地区代码。"],
};

pub const PHONE_AMBIGUOUS: Told = Told {
    status: 403,
    reason: "phone-ambiguous",
    en: [
        "Several accounts have your telephone number",
        "We cannot tell which of them is yours, so we did not sign you in.",
    ],
    zh: ["多个帐号使用您的手机号", "我们无法判断哪个是您的，因此没有让您登录。"],
};

pub const PHONE_TAKEN: Told = Told {
    status: 403,
    reason: "phone-taken",
    en: [
        "Your telephone number belongs to another account",
        "It is already linked to somebody else, perhaps a former owner of the number.",
    ],
    zh: ["您的手机号属于另一个帐号", "它已绑定到其他人，可能是该号码以前的使用者。"],
};

pub const PRIVILEGED: Told = Told {
    status: 403,
    reason: "privileged-account",
    en: [
        "Administrators are not linked this way",
        "To keep them safe, administrators’ accounts are never linked by a telephone number alone.",
    ],
    zh: ["管理员帐号不能这样绑定", "为了安全，管理员帐号不会仅凭手机号绑定。"],
};

pub const SIGN_UP_OFF: Told = Told {
    status: 403,
    reason: "sign-up-off",
    en: [
        "There is no account for you yet",
        "No account here matches yours, and new ones are not created automatically.",
    ],
    zh: ["您还没有帐号", "这里没有与您匹配的帐号，也不会自动创建新帐号。"],
};

pub const DISABLED: Told = Told {
    status: 403,
    reason: "account-disabled",
    en: ["Your account is disabled", "An administrator has disabled it, so nobody can sign in to it."],
    zh: ["您的帐号已停用", "管理员已停用该帐号，任何人都无法登录。"],
};

pub const PLUGIN_OFF: Told = Told {
    status: 403,
    reason: "plugin-off",
    en: ["This way to sign in is switched off", "Its plug-in is not running at the moment."],
    zh: ["此登录方式已停用", "它的插件目前没有运行。"],
};

pub const EXTERNAL: Told = Told {
    status: 403,
    reason: "external-contact",
    en: [
        "Only members of the organisation may sign in",
        "The organisation knows you as an external contact, not as a member.",
    ],
    zh: ["只有组织成员才能登录", "您是该组织的外部联系人，而不是成员。"],
};

pub const OTHER_ORGANISATION: Told = Told {
    status: 403,
    reason: "other-organisation",
    en: [
        "You signed in for another organisation",
        "This site is for the members of one organisation, and you chose a different one.",
    ],
    zh: ["您选择了其他组织", "本站只供一个组织的成员使用，而您登录时选择了另一个组织。"],
};

pub const ORGANISATION_UNKNOWN: Told = Told {
    status: 403,
    reason: "organisation-unknown",
    en: [
        "We could not tell your organisation",
        "The sign-in service did not say for which organisation you signed in.",
    ],
    zh: ["无法确定您所在的组织", "登录服务没有告知您登录的是哪个组织。"],
};

pub const INACTIVE: Told = Told {
    status: 403,
    reason: "inactive-member",
    en: [
        "Your membership is not active",
        "The organisation has you in its directory, but your membership is not active.",
    ],
    zh: ["您的成员身份尚未激活", "组织的通讯录中有您，但您的成员身份未处于激活状态。"],
};

pub const UNPROVEN: Told = Told {
    status: 503,
    reason: "membership-unproven",
    en: [
        "We could not check your membership",
        "Only members of the organisation may sign in, and the sign-in service did not tell us whether you are one.",
    ],
    zh: ["无法核实您的成员身份", "只有组织成员才能登录，但登录服务没有告知您是否为成员。"],
};
