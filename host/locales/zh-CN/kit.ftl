# `gatehouse plugin new`、`check` 和 `dev` 的输出。

kit-bad-name = 名称须为 2 到 64 个小写字母、数字或连字符，并以字母开头
kit-exists = 此处已有内容；请换一个名称或文件夹
kit-no-sdk = 该文件夹中没有插件接口：应包含文件夹 plugin-api
kit-unwritable = 该文件夹的名称无法写入清单
kit-next =
    下一步：
      cd { $folder }
      cargo test

kit-ok = 通过
kit-failed = 未通过
kit-not-tried = 未检查
kit-summary = 通过的规则：{ $kept }，未通过：{ $failed }，未检查：{ $untried }；调用次数：{ $calls }。
kit-broken = 有 { $count } 条规则未通过
kit-unfilled = 没有合适的示例值：{ $fields }。请用 --settings 提供。
kit-no-object = 应为包含各项设置的 JSON 对象
kit-died = 该库结束了检查它的进程
kit-timed-out = 该库未能在限定时间内完成检查

kit-sealed = 加密保存
kit-example = 例如
kit-button = 登录页上的按钮：

kit-rule-manifest = 清单可以读取，且适用于此版本的接口。
kit-rule-types = 至少有一个类型，标识符格式正确且互不相同。
kit-rule-texts = 所有文本都有两种语言。
kit-rule-forms = 设置表单可以使用。
kit-rule-icons = 图标是只含图形的 SVG 文档。
kit-rule-grammar = 回调语法指明成功与失败的参数。
kit-rule-authorize-url = begin 返回主机可以让浏览器前往的地址。
kit-rule-authorize-parameters = 该地址原样带有 state 和 redirect_uri。
kit-rule-stateless = begin 不保留任何内容：不同设置的调用互不混淆。
kit-rule-identity = finish 每次都将示例回调变为同一身份。
kit-rule-no-code = 回调不带授权码时，finish 不产生身份。
kit-rule-no-provider = 提供方返回无意义的内容或没有响应时，finish 不产生身份。
kit-rule-doctor = check 返回可读的诊断结果。
kit-rule-migration = 声明的迁移产生符合表单的设置，且不改动自己迁移过的结果。
kit-rule-hosts = 只访问主机出借的地址。
kit-rule-cache = 只在声明后使用缓存，且不留下未归还的租约。
kit-rule-secrets = 浏览器地址、日志、错误和诊断结果中没有任何密钥。
kit-rule-sound = 没有调用崩溃或违反接口约定。
kit-rule-prompt = 没有调用停住或阻塞线程。

kit-build-failed = 构建失败，原因见 cargo 的输出
kit-no-library = 该 crate 没有生成供主机加载的库；其 [lib] 须写明 crate-type = ["cdylib", "rlib"]
kit-watching = 等待修改；按 Ctrl+C 结束。
kit-no-key = 没有用于签名的私钥；可用以下命令生成：gatehouse plugin keygen --no-password
