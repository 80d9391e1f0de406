### The plug-in manager.

plugins-title = Plug-in manager
plugins-lead = Plug-ins run inside this server. Only packages that a trusted key signed can be enabled.
plugins-search = Search plug-ins
plugins-filter = Filter by state
plugins-all = All
plugins-enabled = Enabled
plugins-available = Available
plugins-failed = Failed
plugins-empty = No plug-ins yet
plugins-empty-advice = Upload a package, or put one into this folder on the server and reload this page:
unreadable-title = Files that are not plug-ins
switch-plugin = Enable { $name }
plugin-calls = May call
plugin-redirects = Sends people to
plugin-cache = May keep
plugin-caches = Access tokens, for a short time
plugin-none = Nothing
plugin-api = API version
plugin-file = File
plugin-add = Add { $title }
plugin-used-by = Used by
plugin-usage =
    { $count ->
        [one] { $count } authenticator
       *[other] { $count } authenticators
    }

## Why a file is no plug-in, or a plug-in does not run.

plugin-refused-unreadable = The file could not be read.
plugin-refused-not-a-file = This is a link, a folder or a device. Copy the library itself into the folder.
plugin-refused-empty = The file is empty. It may not have been copied completely.
plugin-refused-too-large = The file is larger than a plug-in may be.
plugin-refused-foreign-owner = The file belongs to another user of the server. It has to belong to this service or to root.
plugin-refused-writable-by-others = Other users of the server may change this file. Allow only its owner to write it.
plugin-refused-not-elf = This is not a library for Linux.
plugin-refused-damaged = The file is damaged or cut off. Copy it again.
plugin-refused-wrong-machine = It was built for another kind of processor.
plugin-refused-not-a-library = This is a program or an object file, not a library.
plugin-refused-no-root-symbol = This is a library, but not a plug-in for this version of the interface.
plugin-refused-needs-library = It needs a library that plug-ins may not bring along.
plugin-refused-search-path = It names folders to look for libraries in, which is not allowed.
plugin-refused-no-manifest = It has no manifest.
plugin-refused-bad-manifest = Its manifest breaks a rule.
plugin-refused-bad-build = It does not say, or not readably, how it was built.
plugin-refused-aborts-on-panic = It was built to end the whole server when it fails. Ask its author to build it with panic = "unwind".
plugin-refused-wrong-api = It was built for another version of the interface.
plugin-refused-duplicate-id = Another file in the folder is the same plug-in in the same version. Remove one of them.
plugin-refused-not-found = There is no such plug-in in the folder.
plugin-refused-changed = Its file is not the one that was enabled. Look at it, and enable it again if that is right.
plugin-refused-safe-mode = This server was started without any plug-in (--safe-mode).
plugin-refused-wedged = It stopped answering, and so did a fresh copy of it. Enable it to try once more.
plugin-refused-storage = The server could not write to its own data folder.
plugin-refused-probe-crashed = It crashed when it was tried out in a process of its own.
plugin-refused-probe-timed-out = It did not finish in time when it was tried out.
plugin-refused-cannot-open = It cannot be opened as a library.
plugin-refused-hangs = It opened, but then did not answer.
plugin-refused-bad-types = What it registers breaks a rule.
plugin-refused-type-taken = Another plug-in already registers the same authenticator type.
