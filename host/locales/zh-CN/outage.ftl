### 登录服务没有响应。

outage-banner = { $titles }暂时没有响应。
outage-other-ways = 其他登录方式不受影响。
outage-try-later = 请过几分钟再试。
outage-badge = 没有响应
