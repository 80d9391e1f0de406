# 插件曾被加载一次之后，为何要等待管理员确认。每句都以该怎么做结尾。
plugin-refused-quarantined = 服务器曾在打开此插件时停止。如果您信任它，请重新启用。
plugin-refused-quarantined-asked = 此插件在说明自己注册哪些类型时，服务器曾停止。如果您信任它，请重新启用。
plugin-refused-quarantined-hung = 此插件在服务器中未能完成打开。重启服务器可清除仍在卡住的部分；如果您信任它，请重新启用。
plugin-refused-quarantined-hung-asked = 此插件在服务器中已打开，但一直没有说明自己注册哪些类型。重启服务器可清除仍在卡住的部分；如果您信任它，请重新启用。
plugin-refused-quarantined-trial = 此插件在独立进程中打开时崩溃，因此服务器没有加载它。启用它即可再试一次。
plugin-refused-quarantined-trial-asked = 此插件在独立进程中说明自己注册哪些类型时崩溃，因此服务器没有加载它。启用它即可再试一次。
plugin-refused-quarantined-trial-hung = 此插件在独立进程中未能完成打开，因此服务器没有加载它。启用它即可再试一次。
plugin-refused-quarantined-trial-hung-asked = 此插件在独立进程中已打开，但一直没有说明自己注册哪些类型，因此服务器没有加载它。启用它即可再试一次。
