### What the command line tells people.

cli-first-administrator = The first administrator was created. Sign in with:
cli-administrator-created = The administrator { $name } was created. They sign in with:
cli-password-reset = { $name } has a new password; their sessions have ended. They sign in with:
cli-address = Address:
cli-username = User name:
cli-password = Password:
cli-password-once = The password is shown only this once. Please change it after signing in.
cli-account-enabled = The account was disabled, and is enabled again.
cli-password-sign-in-enabled = Signing in with a password was switched off, and is switched on again.
cli-no-administrator = Note: this user is no administrator.
cli-dry-run = This was a dry run: nothing was changed.
cli-key-added = Restart every host now. Then run “gatehouse key reseal”.
cli-key-resealed = A host that was not restarted since the key was added cannot open these secrets, and signing in with their authenticators fails there: restart it now. After that, the lines below the first one may be removed from the master key file, unless a backup still needs them.
