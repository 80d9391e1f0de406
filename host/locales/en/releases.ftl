### Packages and releases of plug-ins.

plugin-about = About this plug-in
plugin-signature = Signature
plugin-later = Later version
plugin-details = Details
plugin-details-of = Details of { $name }
plugin-permissions = What it may do
plugin-health = Health
plugin-releases = Releases
plugin-files = Files in the package
plugin-readme = Readme
plugin-changelog = Changes
plugin-remove = Remove
plugin-remove-question = Remove the installed packages of this plug-in? Authenticators and links to users are kept, and work again when it is installed again.
plugin-password-help = What you let in here runs with all rights of this server, so your password is asked for each time.
plugin-older = This release is older than the one that was enabled last. Say so if that is meant.
plugin-rehearsal = The release failed when it was called once, so it does not take over.
plugin-here-only = This server could not load the release that was chosen, and still runs this one.

## Who signed it.

trust-trusted = Trusted
trust-unsigned = Unsigned
trust-unknown-key = Unknown key
trust-invalid = Invalid signature
trust-modified = Modified

## What it may do, in words.

permission-call = It may call { $host }, with https.
permission-redirect = It may send people to { $host } to sign in.
permission-cache = It may keep access tokens, for a short time.
permission-none = It asks for nothing.
permission-entered = It may call the addresses that an administrator enters in its form.
permission-trust = This is what it says it needs, and what the server lends it. It runs inside the server, with all of its rights: trust in whoever signed it is what protects you.

## How it fares.

health-calls = Calls
health-called = Answered
health-left-alone = Left alone after failures
health-copy = Copy in use
health-history = History
health-second = Took the place of a copy that hung
health-retired = Retired copies in memory
health-retired-help = Each takes about a megabyte until the server restarts.

## Releases.

release-runs = Runs
release-folder = In the folder of the server
release-installed = Installed by { $by },
release-choose = Use this release
release-remove-question = Remove the package of version { $version }?
release-remove = Remove { $version }
file-size = { $size } bytes
back-title = Go back to { $version }
back-lead = The release that ran before takes over again, with the settings of then, unless they were saved since.
back-button = Go back

## Installing.

install-title = Upload a package
install-lead = A package is a .tar.gz that its author signed. It is checked now; nothing of it runs before you enable it.
install-package = Package
install-package-help = At most 50 MB. The file that its author published, as it is.
install-button = Upload and check
install-progress = Sent so far
install-checking = Checking …
install-closed = Packages are not installed here: the configuration says so (plugin_uploads).
install-keys = Trusted keys
install-no-keys = No key is trusted yet, so no package can be installed. Add the author’s public key to plugin_keys in the configuration.

## Before a release takes over.

choose-title = { $name } { $version }
choose-lead = It is loaded beside version { $version } and tried out first. If it fails, version { $version } goes on. Nobody is signed out.
choose-lead-first = It is tried out in a process of its own first.
choose-new-hosts = Asks for more
choose-older = Yes, an older release: version { $version } was enabled last.
choose-unfit = Some settings do not fit this release.
choose-despite = Use it all the same, with these consequences.
choose-button = Use this release
choose-rehearsal = It failed when it was called once for “{ $uid }”, so it does not take over.
unfit-type-is-gone = The release no longer has this type.
unfit-migration = The plug-in could not bring the settings along:
unfit-goes-off = It would be switched off until its form is filled in again.

## What the server did by itself.

happened-held-back = Another release was to take over and was refused. Version { $instead } goes on.
happened-rehearsal = Another release failed when it was called once. Version { $instead } goes on.
happened-rolled-back = { $failed } of the first { $calls } calls of version { $version } failed, so version { $instead } was put back.
happened-revived = Version { $version } hung. A fresh copy took over; nobody else noticed.
happened-stopped = Version { $version } hung again and was stopped. Enable it to try once more.

## On every administrator’s page.

alarm-unsigned = Unsigned plug-ins are allowed: this server was started with --allow-unsigned-plugins. Never do this where people sign in for real.
alarm-safe-mode = Safe mode: this server was started without any plug-in. Restart it without --safe-mode when all is well.
alarm-stopped = The plug-in { $name } hung and was stopped. Its ways to sign in are gone until it is enabled again.
