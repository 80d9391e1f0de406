### Whose account it is: links to identities, and where a profile comes from.

binding-phone = 按手机号关联
binding-sign-up = 首次登录时创建帐号
binding-realm = 已通过同一组织的另一个认证器识别
binding-moved = 原先按其他标识关联，后改为登录服务自身的标识
binding-former = 登录服务为此人更换了标识，关联随之更新
binding-confirmed = 由本人在登录状态下确认
binding-imported = 从其他系统导入
binding-manual = 手动关联
binding-made-by = 操作人：{ $name }
binding-used = 最近使用
binding-unused = 从未使用
binding-subject = 标识
binding-tenant = 组织
binding-realm-of = 有效范围
binding-waits = 将在下次登录时或通过身份标识助手改为登录服务自身的标识。
binding-remove = 解除关联
binding-remove-question = 此人将不能再用“{ $title }”登录该帐号，由此开始的会话也会结束。下次登录时会重新查找帐号，例如按手机号。
binding-remove-really = 确认解除

## Below the fields of a profile.

origin-administrator = 由管理员填写，登录时不会改动。
origin-account = 来自此人在登录服务中的个人帐号。如果您修改，登录时将保留您填写的内容。
origin-directory = 来自组织的通讯录。如果您修改，登录时将保留您填写的内容。
origin-phone-administrator = 由管理员填写。登录服务若报告此号码已验证，即登录到该帐号。
origin-phone-account = 已由登录服务验证。如果修改，即由您担保新号码。
origin-phone-directory = 来自组织的通讯录。如果修改，即由您担保新号码。

## What happened.

notice-link-removed = 关联已解除，由此开始的会话也已结束。
event-user-linked = 为 { $subject } 建立了关联
event-user-unlinked = 解除了 { $subject } 的关联
