### 连接检查、由此提出的问题，以及随之而来的表单内容。

## 本系统自行检查的内容。

doctor-address-good = 用户通过 { $address } 访问本站。
doctor-address-demo = 当前为演示环境：{ $address } 只能在本机打开。
doctor-address-inner = { $address } 只能在内部网络中打开。
doctor-address-inner-remedy = 内部网络以外的用户（例如使用手机时）无法登录。如需支持，请为本站配置公网域名，并将“public_url”设为该地址。
doctor-redirect = 登录服务会将用户送回此重定向 URL。
doctor-redirect-remedy = 必须在登录服务的后台原样登记此地址，否则任何人都无法登录。
doctor-proxy-good = 请求经由受信任的代理 { $address } 到达。
doctor-proxy-untrusted = 请求经由 { $address } 的代理到达，但它不在“trusted_proxies”中。
doctor-proxy-untrusted-remedy = 日志中记录的是代理的地址，而不是用户自己的地址。如果 { $address } 是您的代理，请将它加入“trusted_proxies”并重启。
doctor-proxy-scheme = 代理 { $address } 表示用户使用的是 { $scheme }，与“public_url”不一致。
doctor-proxy-scheme-remedy = 请让代理将用户引导至“public_url”中的地址，并正确设置 X-Forwarded-Proto。
doctor-incomplete = 以下设置缺失或无效：{ $fields }。
doctor-plugin-failed = 插件发生故障，或未能及时响应。
doctor-plugin-off = 所属插件没有运行。
doctor-built-in = 这是内置的认证方式，不依赖其他服务。

## 由此提出的问题。

check-search = 查找
question-enable = 未启用：用户将无法登录。原因见下方。
question-save = 未保存：新凭证尚未得到验证，原有凭证继续使用。原因见下方。
enable-anyway = 仍然启用
save-anyway = 仍然保存

## 表单。

fault-client-taken = “{ $title }”（{ $uid }）已用于客户端内登录，且只允许有一个。请先在那里关闭。
needed-when = 必填条件：{ $when }。
needed-and = 且
needed-or = ；或
needed-is = “{ $field }”为“{ $value }”
needed-on = “{ $field }”已开启
needed-off = “{ $field }”已关闭
refresh-legend = 每次登录时更新
refresh-name = 姓名
refresh-email = 邮箱
refresh-picture = 头像
refresh-phone = 手机号
refresh-help = 管理员手动填写的内容不会被覆盖。

## 命令行。

cli-doctor-enabled = 已启用
cli-doctor-disabled = 已停用
cli-doctor-none = 没有可检查的认证方式。
cli-doctor-verdict = { $errors } 个错误，{ $warnings } 个警告
