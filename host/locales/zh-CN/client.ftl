### Signing in inside a provider's client.

client-title = 正在使用{ $title }登录…
client-lead = 应用正在确认您的身份，请稍候。
client-noscript = 此处的浏览器未启用脚本，应用无法告知您的身份。请改用其他方式登录。
client-other-way = 使用其他方式登录
client-stay = 以{ $name }的身份继续
client-stay-help = 这是之前的登录状态，应用未能确认您是否仍是同一个人。如果不是，请使用您自己的账号登录。

## Why nobody was signed in; what the client's scripts report.

notice-client-not-in-client = 未能自动登录：此页面不是在应用内打开的。
notice-client-wrong-organisation = 未能自动登录：应用当前使用的是其他组织。请切换到本站所属的组织，或在下方登录。
notice-client-untrusted-domain = 未能自动登录：应用不信任本站的地址。请在下方登录，并告知管理员。
notice-client-cancelled = 未自动登录，请在下方登录。
notice-client-failed = 未能自动登录：应用没有告知您的身份。请重试，或使用其他方式登录。
