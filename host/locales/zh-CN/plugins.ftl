### 插件管理。

plugins-title = 插件管理
plugins-lead = 插件在本服务器内运行。只有受信任密钥签名的安装包才能启用。
plugins-search = 搜索插件
plugins-filter = 按状态筛选
plugins-all = 全部
plugins-enabled = 已启用
plugins-available = 可启用
plugins-failed = 出错
plugins-empty = 还没有插件
plugins-empty-advice = 请上传安装包，或将其放入服务器上的以下文件夹，然后刷新本页：
unreadable-title = 不是插件的文件
switch-plugin = 启用{ $name }
plugin-calls = 可访问
plugin-redirects = 将用户带往
plugin-cache = 可暂存
plugin-caches = 访问令牌，短时间内
plugin-none = 无
plugin-api = 接口版本
plugin-file = 文件
plugin-add = 新增{ $title }
plugin-used-by = 已用于
plugin-usage = { $count } 个认证方式

## 文件不是插件，或插件无法运行的原因。

plugin-refused-unreadable = 无法读取该文件。
plugin-refused-not-a-file = 这是链接、文件夹或设备。请将库文件本身复制到该文件夹。
plugin-refused-empty = 文件为空，可能没有复制完整。
plugin-refused-too-large = 文件超过了插件的大小上限。
plugin-refused-foreign-owner = 文件属于服务器上的其他用户。它必须属于本服务的用户或 root。
plugin-refused-writable-by-others = 服务器上的其他用户可以修改此文件。请只允许所有者写入。
plugin-refused-not-elf = 这不是 Linux 的库文件。
plugin-refused-damaged = 文件已损坏或不完整，请重新复制。
plugin-refused-wrong-machine = 它是为另一种处理器构建的。
plugin-refused-not-a-library = 这是程序或目标文件，不是库。
plugin-refused-no-root-symbol = 这是库文件，但不是适用于当前接口版本的插件。
plugin-refused-needs-library = 它需要插件不允许附带的库。
plugin-refused-search-path = 它指定了查找库的文件夹，这是不允许的。
plugin-refused-no-manifest = 它没有清单。
plugin-refused-bad-manifest = 它的清单不符合规则。
plugin-refused-bad-build = 它没有说明构建方式，或说明无法读取。
plugin-refused-aborts-on-panic = 它的构建方式会在出错时终止整个服务器。请让作者使用 panic = "unwind" 重新构建。
plugin-refused-wrong-api = 它是为另一个接口版本构建的。
plugin-refused-duplicate-id = 文件夹中的另一个文件是同一版本的同一个插件，请删除其中一个。
plugin-refused-not-found = 文件夹中没有这个插件。
plugin-refused-changed = 它的文件不是当初启用的那个。请检查，如无问题请重新启用。
plugin-refused-safe-mode = 本服务器启动时未加载任何插件（--safe-mode）。
plugin-refused-wedged = 它停止响应，新的副本也停止响应。启用它可再试一次。
plugin-refused-storage = 服务器无法写入自己的数据文件夹。
plugin-refused-probe-crashed = 在独立进程中试运行时，它崩溃了。
plugin-refused-probe-timed-out = 试运行没有在限定时间内完成。
plugin-refused-cannot-open = 无法将它作为库打开。
plugin-refused-hangs = 它已打开，但没有响应。
plugin-refused-bad-types = 它注册的内容不符合规则。
plugin-refused-type-taken = 另一个插件已经注册了相同的认证类型。
