### 登录为何被拒绝，以及演练登录的结果。

explain-title = 登录为何被拒绝
explain-facts = 此次登录
explain-authenticator = 认证方式
explain-address = 来源地址
explain-told = 发生了什么
explain-stage = 进行到哪一步
explain-provider-code = 登录服务的错误码
explain-missing = 缺少的权限
explain-chain = 供技术支持参考的细节
explain-cure = 如何处理
explain-search = 在该页面搜索
explain-steps = 对登录服务的调用
explain-no-steps = 没有调用任何服务。
explain-took = 从请求到答复共 { $ms } 毫秒。
explain-person = 登录服务所说的身份
explain-gone = 被拒绝的登录的步骤只保留 30 天，此次的已清除；审计日志中的记录仍然保留。

stage-begin = 未能开始
stage-return = 从登录服务返回
stage-provider = 向登录服务查询身份
stage-membership = 核实是否属于组织
stage-account = 查找帐号
stage-sign-up = 创建帐号

step-refused = 被拒绝，错误码 { $code }。
step-status = 返回状态 { $status }。
step-not-allowed = 未发送：不允许插件调用此地址。
step-connect = 无法连接。
step-timeout = 未能及时收到完整答复。
step-too-large = 答复过大。
step-broken = 连接中断。
step-paused = 未发送：该服务器连续多次失败，暂停调用。
step-when = 于 { $began } 毫秒时开始，用时 { $took } 毫秒。

person-subject = 标识
person-tenant = 组织
person-member = 成员身份
person-member-yes = 已在此次登录中核实
person-member-no = 未核实
vouched-account = 已由登录服务验证
vouched-directory = 来自组织通讯录
vouched-nobody = 未经验证

## 针对每种拒绝，管理员可以做什么。

cure-attempt-unknown = 通常无需处理：可能是打开了旧页面、重复返回或中途更换了浏览器。如果所有人都遇到，请检查公开地址是否就是大家使用的地址，以及浏览器是否保留 Cookie。
cure-attempt-expired = 通常无需处理：用户离开超过了十分钟。如果所有人都遇到，请检查本服务器的时钟。
cure-bad-callback = 偶尔一次无需处理：地址不完整或是伪造的。如果所有人都遇到，请核对登录服务控制台中的回调地址与表单中的是否一致。
cure-authenticator-off = 重新启用此登录方式，或告知大家使用其他方式。
cure-authenticator-changed = 无需处理：用户在登录服务期间设置被保存，重试即可。
cure-denied = 无需处理：用户没有同意，或登录服务代为拒绝。如果很多人遇到，请检查应用的可见范围。
cure-code-rejected = 偶尔一次无需处理：授权码已过期或已被使用。如果所有人都遇到，请检查 Client ID 与回调地址是否属于同一个应用。
cure-provider-credentials = 从登录服务控制台重新复制 Client ID 和 Client Secret，保存表单，然后检查连接。
cure-provider-permission = 在登录服务控制台授予缺少的权限并重新发布应用，然后检查连接。
cure-provider-address = 在登录服务控制台的地址白名单中加入本服务器的公网地址。
cure-provider-busy = 请稍等一分钟。如果持续出现，说明应用已达到调用上限，可向登录服务申请提高。
cure-provider-unavailable = 请等待，并提供其他登录方式。如果只有本服务器受影响，请检查其网络：域名解析、代理、防火墙。
cure-provider-slow = 请等待，并查看下方的调用：用时最长的就是缓慢的服务器。如果只有本服务器受影响，请检查其网络。
cure-provider-bad-answer = 检查连接。如果表单中的地址指向网关，请确认网关没有改动转发的内容。
cure-not-a-member = 如果此人应当是成员，请在登录服务中将其加入组织。
cure-external-contact = 如果此人应当是成员，请将其加入组织；外部联系人不是成员。
cure-other-organisation = 此人在登录服务中选择了其他组织。如果选择是正确的，请修改表单中的组织。
cure-organisation-unknown = 此人没有选择组织，或登录服务没有告知。可以重试并选择组织。
cure-inactive-member = 此人需要接受组织的邀请，或在通讯录中被激活。
cure-membership-unproven = 登录服务没有告知此人是否为成员，因此不允许任何人进入。请检查连接：结果会指出缺少的权限。
cure-link-taken = 查看关联了该身份的用户，并删除错误的关联。
cure-link-session = 无需处理：在一个会话中开始的操作回到了另一个会话。重新登录后再次开始即可。
cure-no-phone = 请此人在登录服务中绑定手机号，或授予读取手机号的权限，或让其用密码登录后自行关联。
cure-phone-unusable = 号码被部分隐藏或缺少国家或地区代码。请授予读取完整手机号的权限，或让此人用密码登录后自行关联。
cure-phone-ambiguous = 有多个用户使用此手机号。请在“用户”中更正，只保留一个。
cure-phone-taken = 该号码可能已转给他人。请在“用户”中从原使用者处删除；如果是同一个人换了身份，请删除旧的关联。
cure-privileged-account = 管理员先用其他方式登录，再在自己的页面中关联帐号。
cure-sign-up-off = 用此手机号创建用户，或为此登录方式开启自动注册。
cure-account-disabled = 如果此人可以重新登录，请在“用户”中启用帐号。
cure-plugin-failed = 查看插件的卡片，并在日志中搜索此参考码。如果持续出现，请停用再启用插件，或安装其他版本。
cure-plugin-off = 启用插件，或告知大家使用其他方式登录。
cure-misconfigured = 打开表单，更正其中标出的内容，然后检查连接。
cure-internal = 在日志中搜索此参考码：其中记录了本服务器上的故障。

## 演练。

rehearse = 演练登录
rehearse-help = 用已保存的设置走一遍登录流程。不会有人登录，也不会更改任何内容。
rehearsal-title = 演练：{ $title }
rehearsal-lead = 此人现在登录会得到的结果。
rehearsal-again = 再次演练
rehearsal-verdict = 结果
rehearsal-would-enter = { $name } 将会登录。
rehearsal-would-be-created = 将为 { $name } 创建帐号并登录。
rehearsal-refused = 此人将无法登录，并会看到：
rehearsal-account = 帐号
rehearsal-new = 新建
rehearsal-rule = 匹配依据
rehearsal-changes = 将会写入的内容
rehearsal-notes = 关于此次演练
rehearsal-nothing = 没有人登录，也没有更改任何内容。此报告仅您可见，保留一天。生成时间：
rehearsal-off = 此登录方式已停用：大家看不到它。
rehearsal-client = 在登录服务自己的客户端内登录走另一条途径，无法在浏览器中演练。请在客户端中打开表单上的链接来测试。

rule-link = 此人已有的关联
rule-moved = 此人的另一个标识，其关联将会迁移
rule-former = 此人以前的标识，其关联将会迁移
rule-realm = 同一组织的另一个认证方式中的关联
rule-phone = 已验证的手机号
rule-sign-up = 没有匹配的用户，且已开启自动注册
rule-other = 其他规则

change-session = 一个会话和一条审计日志
change-account = 帐号
change-link = 此人与帐号之间的关联
change-moved = 按“{ $kind }”建立的关联将改为按此人的标识
change-field = { $field }：新的值
change-field-to = { $field }：{ $value }
change-picture = 头像
change-taken = { $field }：保持不变，因为新的值属于另一个帐号
