### 所有页面共用的文字。

skip = 跳到正文
menu = 菜单
nav = 主菜单
nav-home = 概览
nav-access = 访问控制
nav-authenticators = 认证管理
nav-users = 用户
nav-system = 系统
nav-plugins = 插件管理
nav-journal = 审计日志
theme = 外观
theme-system = 跟随设备
theme-light = 浅色
theme-dark = 深色

sign-in = 登录
sign-out = 退出登录
save = 保存
create = 创建
cancel = 取消
delete = 删除
search = 搜索
copy = 复制
copied = 已复制
reveal = 显示输入的内容
choose = 请选择
required = 必填
none = 无
name = 名称
state = 状态
enabled = 启用
created = 创建时间
email = 邮箱
phone = 手机号
username = 用户名
nickname = 昵称
roles = 角色
password = 密码
reference = 参考码
role-admin = 管理员
role-admin-help = 可以更改一切，包括谁是管理员。
role-member = 成员
role-member-help = 可以登录并查看自己的页面。

state-enabled = 已启用
state-disabled = 已停用
state-available = 可启用
state-failed = 出错

nothing-found = 没有找到
nothing-found-advice = 换个词试试，或查看全部。
pagination = 分页
pagination-shown = 第 { $first }–{ $last } 条，共 { $total } 条
pagination-previous = 上一页
pagination-next = 下一页

not-saved = 未保存，请检查以下各项：
only-when = 仅在选择以下选项时有效：{ $condition }
secret-stored = 已保存，留空则不修改

## 上一个操作的结果。

notice-saved = 已保存。
notice-created = 已创建。
notice-deleted = 已删除。
notice-enabled = 已启用。
notice-disabled = 已停用。
notice-plugin-enabled = 插件已启用，现在可以添加它提供的认证方式。
notice-plugin-disabled = 插件已停用。登录页不再显示它的按钮；设置和绑定关系均保留。
notice-plugin-failed = 插件未能启用，原因见其卡片。
notice-password-changed = 密码已修改，您的其他会话均已结束。
notice-signed-out = 您已退出登录。
notice-session-ended = 会话已结束，请重新登录。
notice-last-way-in = 未更改：否则将没有任何登录方式。
notice-last-administrator = 未更改：否则将没有管理员。
notice-not-yourself = 未更改：不能对自己的帐号执行此操作。
notice-not-configured = 未启用：缺少必填设置，请先填写。
notice-changed = 未更改：其他人刚刚修改了它，请查看后重试。
notice-plugin-installed = 安装包已安装。启用之前不会运行其中任何内容。
notice-plugin-upgraded = 该版本现已运行。
notice-plugin-removed = 已移除。
notice-plugin-still-enabled = 未移除：插件仍在启用中，请先停用。
notice-plugin-in-folder = 未移除：它位于服务器的文件夹中，只能由服务器管理员更改。
notice-plugin-no-way-back = 未更改：没有可退回的版本。
notice-gone = 该项已不存在，可能已被他人删除。

## 填写的内容有误。

fault-required = 请填写此项。
fault-too-long = 最多只能输入 { $count } 个字符。
fault-bad-identifier = 只能使用英文字母、数字、“-”和“_”。
fault-taken = 已被使用，请换一个。
fault-bad-email = 这不是有效的邮箱地址。
fault-bad-phone = 这不是有效的手机号。请带上国家或地区代码，例如 +86 138 0000 0000。
fault-bad-username = 只能使用文字、数字、“.”、“-”和“_”，且不能全为数字。
fault-password-too-short = 至少需要 { $count } 个字符。
fault-password-common = 此密码容易被猜到，请换一个。
fault-password-wrong = 当前密码不正确。
fault-password-unchanged = 新密码与当前密码相同。
fault-bad-choice = 请从选项中选择一项。

## 无法处理的请求。

error-home = 回到首页
error-400 = 请求无法识别
    .sentence = 地址或表单不完整，请返回后重试。
error-401 = 请先登录
    .sentence = 您尚未登录，或会话已结束。刚才提交的内容没有保存。
error-403 = 没有权限
    .sentence = 您的帐号无权查看此页面。如有需要，请联系管理员。
error-404 = 页面不存在
    .sentence = 地址可能有误，或者内容已被移除。
error-405 = 不支持这种操作
    .sentence = 此地址不能这样打开，请返回并使用页面上的按钮。
error-413 = 内容过大
    .sentence = 提交的内容超过了此页面的上限，请精简后重试。
error-421 = 地址不正确
    .sentence = 本站使用另一个地址，请向管理员询问。
error-429 = 请求过于频繁
    .sentence = 请稍候再试。
error-500 = 服务器出错了
    .sentence = 这不是您的问题。请重试；如果再次出现，请将参考码告诉管理员。
error-503 = 暂时无法使用
    .sentence = 服务繁忙或正在重启，请稍后再试。
