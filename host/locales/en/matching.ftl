### Whose account it is: links to identities, and where a profile comes from.

binding-phone = Linked by telephone number
binding-sign-up = Account created at the first sign-in
binding-realm = Known through another authenticator of the same organisation
binding-moved = Linked by another identifier, then moved to the sign-in service’s own
binding-former = The sign-in service gave the person a new identifier; the link followed
binding-confirmed = Confirmed by the person while signed in
binding-imported = Brought along from another system
binding-manual = Linked by hand
binding-made-by = By { $name }
binding-used = Last used
binding-unused = Never used
binding-subject = Identifier
binding-tenant = Organisation
binding-realm-of = Valid within
binding-waits = Becomes a link by the sign-in service’s own identifier at the next sign-in, or with the identity-key assistant.
binding-remove = Remove link
binding-remove-question = They can no longer sign in to this account with { $title }, and sessions that began there end. At their next sign-in they are looked up anew, by telephone number for example.
binding-remove-really = Remove the link

## Below the fields of a profile.

origin-administrator = Entered by an administrator. Sign-ins leave it as it is.
origin-account = From the person’s own account at the sign-in service. If you change it, sign-ins leave it as you wrote it.
origin-directory = From the organisation’s directory. If you change it, sign-ins leave it as you wrote it.
origin-phone-administrator = Entered by an administrator. Sign-in services that report this number as verified sign in to this account.
origin-phone-account = Verified by the sign-in service. If you change it, you vouch for the new number.
origin-phone-directory = From the organisation’s directory. If you change it, you vouch for the new number.

## What happened.

notice-link-removed = The link is removed, and the sessions that began with it have ended.
event-user-linked = Link to { $subject } made
event-user-unlinked = Link to { $subject } removed
