### 审计日志。

journal-title = 审计日志
journal-lead = 每一次登录和每一项更改，最新的在前。
journal-search = 参考码或名称
journal-kind = 类别
journal-all-kinds = 全部
journal-time = 时间
journal-what = 事件
journal-who = 操作者
journal-outcome = 结果
journal-empty = 没有记录
journal-empty-advice = 还没有发生任何事件，或没有匹配的记录。
journal-newest = 最新
journal-older = 更早
outcome-done = 成功
outcome-refused = 已拒绝
outcome-failed = 失败

event-group-signin = 登录
event-group-session = 会话
event-group-password = 密码
event-group-user = 用户
event-group-authenticator = 认证方式
event-group-plugin = 插件

event-signin-completed = 使用{ $subject }登录
event-signin-refused = 使用{ $subject }的登录被拒绝
event-session-ended = 退出登录
event-password-changed = { $subject }的密码已修改
event-user-created = 已创建用户 { $subject }
event-user-signed-up = { $subject } 在登录时注册
event-user-changed = 已修改用户 { $subject }
event-user-enabled = 已启用用户 { $subject }
event-user-disabled = 已停用用户 { $subject }
event-authenticator-created = 已创建认证方式 { $subject }
event-authenticator-changed = 已修改 { $subject } 的设置
event-authenticator-enabled = 已启用认证方式 { $subject }
event-authenticator-disabled = 已停用认证方式 { $subject }
event-authenticator-moved = 已移动认证方式 { $subject }
event-authenticator-deleted = 已删除认证方式 { $subject }
event-authenticator-checked = 已检查 { $subject } 的连接
event-authenticator-resealed = 已用当前密钥重新加密存储的密钥
event-plugin-enabled = 已启用插件 { $subject }
event-plugin-disabled = 已停用插件 { $subject }
event-plugin-failed = 插件 { $subject } 出错
