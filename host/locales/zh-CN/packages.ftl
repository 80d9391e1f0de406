### 插件包：插件的分发方式。

## 插件包为何不被接受。

plugin-refused-package-too-large = 插件包超过了 50 MB。
plugin-refused-package-bomb = 插件包解压后的大小远超插件所需。
plugin-refused-package-crowded = 插件包中的条目超过了 1,000 个。
plugin-refused-package-not-an-archive = 这不是插件包。插件包是由“gatehouse plugin pack”生成的 .tar.gz 文件。
plugin-refused-package-damaged = 插件包已损坏或不完整，或不是由“gatehouse plugin pack”生成的。请重新复制。
plugin-refused-package-trailing = 插件包的结尾之后还有内容。
plugin-refused-package-name = 插件包中有一个条目的名称不被允许。
plugin-refused-package-twice = 插件包中有两个条目的名称相同。
plugin-refused-package-not-a-file = 插件包中有一个条目是链接、文件夹或设备。插件包只能包含普通文件。
plugin-refused-package-extension = 插件包中有一个条目会改变后续条目的读取方式，这是不允许的。
plugin-refused-package-entry-too-large = 插件包中有一个条目超过了大小上限。
plugin-refused-package-no-manifest = 插件包没有清单。
plugin-refused-package-bad-manifest = 插件包的清单不符合规则。
plugin-refused-package-no-library = 插件包中没有适用于本服务器处理器和系统的库。
plugin-refused-package-contradicts = 插件包的清单与其中的库不一致。
plugin-refused-package-modified = 插件包生成之后，其中有文件被修改。
plugin-refused-package-bad-signature = 插件包的签名无效。
plugin-refused-package-unsigned = 插件包没有签名。
plugin-refused-package-unknown-key = 插件包的签名密钥不受本系统信任。
plugin-refused-package-cannot-sign = 无法为插件包签名。

## 命令行告诉制作插件包的人的内容。

cli-key-secret = 私钥：请妥善保管，切勿放到服务器上
cli-key-paste = 在服务器的配置中加入以下内容后，该服务器将信任用它签名的插件：
cli-ask-password = 私钥的密码：
cli-ask-password-again = 请再次输入：
cli-passwords-differ = 两次输入的密码不一致，没有生成任何内容。
cli-password-empty = 密码为空。如果不需要保护私钥，请使用 --no-password。
cli-no-terminal = 没有可用于输入密码的终端，请使用 --password-file。
