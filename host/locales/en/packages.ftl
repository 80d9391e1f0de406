### Packages: how plug-ins travel.

## Why a package is not accepted.

plugin-refused-package-too-large = The package is larger than 50 MB.
plugin-refused-package-bomb = The package unpacks to far more than a plug-in needs.
plugin-refused-package-crowded = The package has more than 1,000 entries.
plugin-refused-package-not-an-archive = This is not a package: a package is a .tar.gz file that "gatehouse plugin pack" makes.
plugin-refused-package-damaged = The package is damaged or cut off, or was not made with "gatehouse plugin pack". Copy it again.
plugin-refused-package-trailing = Something follows the end of the package.
plugin-refused-package-name = An entry of the package has a name that packages do not have.
plugin-refused-package-twice = Two entries of the package have the same name.
plugin-refused-package-not-a-file = An entry of the package is a link, a folder or a device. Packages hold plain files only.
plugin-refused-package-extension = An entry of the package changes how the next one is read, which is not allowed.
plugin-refused-package-entry-too-large = An entry of the package is larger than it may be.
plugin-refused-package-no-manifest = The package has no manifest.
plugin-refused-package-bad-manifest = The manifest of the package breaks a rule.
plugin-refused-package-no-library = The package has no library for the processor and system of this server.
plugin-refused-package-contradicts = The manifest of the package says something else than the library in it.
plugin-refused-package-modified = A file was changed after the package was made.
plugin-refused-package-bad-signature = The signature of the package is not valid.
plugin-refused-package-unsigned = The package is not signed.
plugin-refused-package-unknown-key = The package is signed with a key that this installation does not trust.
plugin-refused-package-cannot-sign = The package could not be signed.

## What the command line tells whoever makes packages.

cli-key-secret = secret: keep it, and never put it on a server
cli-key-paste = A host trusts what is signed with it once its configuration says:
cli-ask-password = Password of the secret key:
cli-ask-password-again = The same once more:
cli-passwords-differ = The two passwords differ. Nothing was made.
cli-password-empty = The password is empty. Use --no-password if the key is not to be protected.
cli-no-terminal = There is no terminal to ask for the password. Use --password-file.
