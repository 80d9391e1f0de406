### 用户自行建立的关联，以及登录页上各登录服务的面板。

## 登录服务认出了一个人，但本站没有与之对应的帐号。

link-instead = 如果您在本站已有密码，请在十分钟内用密码登录，然后即可关联您的{ $title }帐号，今后两种方式都能登录。
link-with-password = 使用密码登录

## 询问。

link-title = 要关联这两个帐号吗？
link-lead = 关联后，任何人使用该{ $title }帐号登录，都会进入您在本站的帐号。
link-there = { $title }帐号
link-here = 您在 { $site } 的帐号
link-advice = 请只关联您本人的帐号。
link-too-old = 您登录已超过十分钟。请重新登录，然后在个人主页上关联该帐号。
link-password-help = 因为您登录已超过十分钟。
link-connect = 关联
link-later = 暂不关联

## 确认是本人。

reauth-title = 请确认是您本人
reauth-lead-password = 您登录已超过十分钟。要更改登录方式，请再次输入密码。
reauth-lead-sign-in = 您登录已超过十分钟。要更改登录方式，请先重新登录。
reauth-sign-in = 重新登录

## 个人主页。

ways-title = 登录方式
ways-lead = 除密码外，您还可以使用在其他服务的帐号登录。
ways-lead-bare = 您使用在其他服务的帐号登录。
ways-since = 关联于
ways-used = 上次使用于
ways-off = 已停用
ways-open = 未关联
ways-connect = 关联
ways-connect-to = 关联{ $title }
ways-remove = 解除关联
ways-remove-from = 解除与{ $title }的关联
ways-question = 您将无法再使用{ $title }登录本站。您的帐号和会话不受影响。

notice-linked = 帐号已关联，今后两种方式都能登录。
notice-unlinked = 已解除关联。
notice-link-over = 未关联：已超过十分钟，或操作开始于另一浏览器或会话。
notice-own-last-way-in = 未解除：这是您唯一的登录方式。

## 面板。

panel-label = 使用{ $title }登录
panel-over = 已超过十分钟。
panel-again = 重新开始
