### 个人页面与管理页面。

home-title = 概览
home-welcome = 您好，{ $name }
home-lead = 您在这里的身份，以及此次登录的方式。
home-signed-in-with = 登录方式
home-signed-in-at = 登录时间
home-administration = 管理
home-tile-authenticators = 登录方式及其设置
home-tile-users = 谁可以登录，拥有哪些角色
home-tile-plugins = 更多登录方式的来源
home-tile-journal = 每一次登录和每一项更改
password-current = 当前密码
password-new = 新密码
password-change = 修改密码
password-change-note = 修改后，您的其他会话将会结束。
password-help = 至少 { $count } 个字符。连用几个词语更容易记住。
password-initial = 初始密码
password-initial-help = 选填，至少 { $count } 个字符。不设置则使用其他方式登录。
password-set-help = 选填，至少 { $count } 个字符。该用户还没有密码。
password-reset-help = 留空则不修改。至少 { $count } 个字符；修改后该用户的会话将会结束。

## 认证管理。

authenticators-title = 认证管理
authenticators-lead = 登录方式。此处的顺序即登录页按钮的顺序。
authenticators-empty = 还没有登录方式
authenticators-empty-advice = 请先启用插件，再添加它提供的认证方式。
add-new = 新增
get-more = 获取更多
get-more-lead = 打开插件管理
sign-ins = 7 日登录
order = 顺序
built-in = 内置
type-password = 密码
move-up = 上移{ $title }
move-down = 下移{ $title }
switch-authenticator = 在登录页显示{ $title }
state-ready = 可用
state-not-configured = 未配置
state-plugin-disabled = 插件已停用
state-plugin-failed = 插件出错
state-plugin-missing = 插件缺失
authenticator-new = 新增{ $type }
authenticator-edit = 编辑{ $title }
guide = 配置指南
uid = 标识
uid-help = 是回调地址的一部分，保存后不可更改。可用英文字母、数字、“-”和“_”。
title-en = 标题（英文）
title-zh = 标题（中文）
description-en = 管理员备注（英文）
description-zh = 管理员备注（中文）
authenticator-enabled = 启用
authenticator-enabled-help = 在登录页显示。
authenticator-frozen = 它的插件没有运行，因此无法在此修改。
authenticator-general = 基本信息
check-connection = 检查连接
check-title = 连接检查
check-help = 检查已保存的设置。
check-open = 打开后台
severity-info = 提示
severity-good = 正常
severity-warning = 提醒
severity-error = 错误
delete-question =
    { $count ->
        [0] 设置将被永久删除。没有用户绑定它。
       *[other] 设置以及 { $count } 个用户的绑定关系将被永久删除，用户本身保留。
    }
delete-really = 永久删除

## 用户。

users-title = 用户
users-lead = 所有拥有帐号的人，以及他们的登录方式。
users-search = 搜索姓名、邮箱、手机号
users-empty-advice = 没有匹配的用户，换个词试试。
user-add = 新增用户
user-new = 新用户
user-details = 详细信息
user-status = 状态
user-self = 这是您自己的帐号，可由其他管理员停用。
user-disable = 停用
user-disable-question = 该用户将在所有设备上退出登录；在重新启用之前，无法以任何方式登录。
user-disable-really = 停用此帐号
user-enable = 启用
user-disabled-note = 目前任何人都无法登录此帐号。
user-no-ways = 还没有登录方式。请设置密码，或让其通过与手机号匹配的认证方式登录。
username-help = 用于密码登录。可用文字、数字、“.”、“-”和“_”。
phone-help = 请带上国家或地区代码。提供此已验证号码的登录服务可登录此帐号。
contact = 联系方式
ways = 登录方式
no-ways = 暂无
