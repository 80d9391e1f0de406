### 命令行提示。

cli-first-administrator = 已创建首个管理员，请使用以下信息登录：
cli-administrator-created = 已创建管理员 { $name }，登录信息：
cli-password-reset = 已为 { $name } 设置新密码，其会话已全部结束。登录信息：
cli-address = 地址：
cli-username = 用户名：
cli-password = 密码：
cli-password-once = 密码仅显示这一次，请在登录后修改。
cli-account-enabled = 该账号此前已停用，现已重新启用。
cli-password-sign-in-enabled = 密码登录此前已关闭，现已重新开启。
cli-no-administrator = 注意：该用户不是管理员。
cli-dry-run = 以上为试运行，未做任何更改。
cli-key-added = 请立即重启所有正在运行的服务，然后执行“gatehouse key reseal”。
cli-key-resealed = 添加新密钥后尚未重启的服务无法解密这些内容，相应的登录方式将不可用，请立即重启。此后可从主密钥文件中删除第一行以下的旧密钥，除非仍有备份需要它们。
