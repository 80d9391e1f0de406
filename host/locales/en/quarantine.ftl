# Why a plug-in waits for an administrator's word after it was loaded once. Each sentence ends with what to do.
plugin-refused-quarantined = The server stopped while this plug-in was being opened. Enable it again if you trust it.
plugin-refused-quarantined-asked = The server stopped while this plug-in was telling what it registers. Enable it again if you trust it.
plugin-refused-quarantined-hung = This plug-in did not finish opening in the server. Restart the server to be rid of what still hangs; enable the plug-in again if you trust it.
plugin-refused-quarantined-hung-asked = This plug-in opened in the server, but never told what it registers. Restart the server to be rid of what still hangs; enable the plug-in again if you trust it.
plugin-refused-quarantined-trial = This plug-in crashed while it was being opened in a process of its own, so the server did not load it. Enable it to try again.
plugin-refused-quarantined-trial-asked = This plug-in crashed in a process of its own while it was telling what it registers, so the server did not load it. Enable it to try again.
plugin-refused-quarantined-trial-hung = This plug-in did not finish opening in a process of its own, so the server did not load it. Enable it to try again.
plugin-refused-quarantined-trial-hung-asked = This plug-in opened in a process of its own, but never told what it registers, so the server did not load it. Enable it to try again.
