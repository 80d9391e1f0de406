### 插件的安装包与版本。

plugin-about = 关于此插件
plugin-signature = 签名
plugin-later = 更新版本
plugin-details = 详情
plugin-details-of = { $name } 的详情
plugin-permissions = 它可以做什么
plugin-health = 运行状况
plugin-releases = 版本
plugin-files = 安装包中的文件
plugin-readme = 说明
plugin-changelog = 变更记录
plugin-remove = 移除
plugin-remove-question = 移除此插件已安装的安装包？认证方式和用户关联会保留，重新安装后继续可用。
plugin-password-help = 放行的插件将以本服务器的全部权限运行，因此每次都需要输入密码。
plugin-older = 此版本早于上次启用的版本。如确需如此，请明确说明。
plugin-rehearsal = 此版本在试调用时失败，因此不会接管。
plugin-here-only = 本服务器无法加载所选的版本，仍在运行此版本。

## 由谁签名。

trust-trusted = 受信任
trust-unsigned = 未签名
trust-unknown-key = 未知密钥
trust-invalid = 签名无效
trust-modified = 已被修改

## 它可以做什么。

permission-call = 可以通过 https 调用 { $host }。
permission-redirect = 可以将用户转到 { $host } 登录。
permission-cache = 可以短时间保留访问令牌。
permission-none = 没有任何要求。
permission-entered = 可以调用管理员在其表单中填写的地址。
permission-trust = 以上是它声明的需要，也是服务器借给它的能力。它在服务器内部运行，拥有服务器的全部权限：真正保护您的，是对签名者的信任。

## 运行状况。

health-calls = 调用
health-called = 正常应答
health-left-alone = 多次失败后暂停调用
health-copy = 使用中的副本
health-history = 经过
health-second = 接替了挂起的副本
health-retired = 内存中已退役的副本
health-retired-help = 每个副本约占 1 MB 内存，直到服务器重启。

## 版本。

release-runs = 运行中
release-folder = 位于服务器的文件夹中
release-installed = 由 { $by } 安装于
release-choose = 使用此版本
release-remove-question = 移除 { $version } 版的安装包？
release-remove = 移除 { $version }
file-size = { $size } 字节
back-title = 退回 { $version }
back-lead = 之前运行的版本将重新接管，并恢复当时的设置；之后保存过的设置除外。
back-button = 退回

## 安装。

install-title = 上传安装包
install-lead = 安装包是由作者签名的 .tar.gz 文件。现在只做检查；启用之前不会运行其中任何内容。
install-package = 安装包
install-package-help = 最大 50 MB。请使用作者发布的原始文件。
install-button = 上传并检查
install-progress = 已发送
install-checking = 正在检查……
install-closed = 此处不允许安装插件：由配置项 plugin_uploads 决定。
install-keys = 受信任的密钥
install-no-keys = 尚未信任任何密钥，因此无法安装插件。请将作者的公钥加入配置项 plugin_keys。

## 版本接管之前。

choose-title = { $name } { $version }
choose-lead = 先与 { $version } 版并行加载并试用。如果失败，{ $version } 版继续运行。不会有人被登出。
choose-lead-first = 先在单独的进程中试用。
choose-new-hosts = 新增要求
choose-older = 是的，使用较旧的版本：上次启用的是 { $version }。
choose-unfit = 部分设置不适用于此版本。
choose-despite = 仍然使用，并接受上述后果。
choose-button = 使用此版本
choose-rehearsal = 为“{ $uid }”试调用时失败，因此不会接管。
unfit-type-is-gone = 此版本不再提供该类型。
unfit-migration = 插件无法迁移设置：
unfit-goes-off = 它将被停用，直到重新填写表单。

## 服务器自动执行的操作。

happened-held-back = 另一个版本本应接管，但被拒绝。{ $instead } 版继续运行。
happened-rehearsal = 另一个版本在试调用时失败。{ $instead } 版继续运行。
happened-rolled-back = { $version } 版的前 { $calls } 次调用中有 { $failed } 次失败，因此已恢复 { $instead } 版。
happened-revived = { $version } 版挂起，已由新的副本接替，未影响其他部分。
happened-stopped = { $version } 版再次挂起，已被停止。启用它可再试一次。

## 显示在每个管理页面上。

alarm-unsigned = 允许未签名的插件：本服务器以 --allow-unsigned-plugins 启动。切勿在正式环境中使用。
alarm-safe-mode = 安全模式：本服务器启动时未加载任何插件。恢复正常后，请去掉 --safe-mode 重新启动。
alarm-stopped = 插件 { $name } 挂起，已被停止。重新启用之前，其登录方式不可用。
