### What all pages share.

skip = Skip to the content
menu = Menu
nav = Main menu
nav-home = Overview
nav-access = Access
nav-authenticators = Authentication
nav-users = Users
nav-system = System
nav-plugins = Plug-in manager
nav-journal = Journal
theme = Appearance
theme-system = Same as the device
theme-light = Light
theme-dark = Dark

sign-in = Sign in
sign-out = Sign out
save = Save
create = Create
cancel = Cancel
delete = Delete
search = Search
copy = Copy
copied = Copied
reveal = Show what I type
choose = Please choose
required = Required
none = None
name = Name
state = State
enabled = Enabled
created = Created
email = E-mail
phone = Telephone
username = Username
nickname = Nickname
roles = Roles
password = Password
reference = Reference code
role-admin = Administrator
role-admin-help = May change everything, including who else is an administrator.
role-member = Member
role-member-help = May sign in and see their own page.

state-enabled = Enabled
state-disabled = Disabled
state-available = Available
state-failed = Failed

nothing-found = Nothing found
nothing-found-advice = Try other words, or look at everything.
pagination = Pages
pagination-shown = { $first }–{ $last } of { $total }
pagination-previous = Previous
pagination-next = Next

not-saved = Not saved. Please check these fields:
only-when = Only matters with this choice: { $condition }
secret-stored = Stored. Leave empty to keep it

## What the request before this one did.

notice-saved = Saved.
notice-created = Created.
notice-deleted = Deleted.
notice-enabled = Enabled.
notice-disabled = Disabled.
notice-plugin-enabled = The plug-in is enabled. You can now add an authenticator of its types.
notice-plugin-disabled = The plug-in is disabled. Its buttons are gone from the sign-in page; settings and links are kept.
notice-plugin-failed = The plug-in could not be enabled. Its card tells why.
notice-password-changed = Your password is changed. Your other sessions have ended.
notice-signed-out = You are signed out.
notice-session-ended = Your session has ended. Please sign in again.
notice-last-way-in = Not changed: nobody would have a way left to sign in.
notice-last-administrator = Not changed: there would be no administrator left.
notice-not-yourself = Not changed: you cannot do this to your own account.
notice-not-configured = Not enabled: required settings are missing. Fill them in first.
notice-changed = Not changed: somebody else changed it at the same moment. Look at it and try again.
notice-plugin-installed = The package is installed. Nothing of it runs before you enable it.
notice-plugin-upgraded = The release runs now.
notice-plugin-removed = Removed.
notice-plugin-still-enabled = Not removed: it is enabled. Disable it first.
notice-plugin-in-folder = Not removed: it lies in the folder of the server, which only the server’s administrator changes.
notice-plugin-no-way-back = Not changed: there is no earlier release to go back to.
notice-gone = It is not there any more. Somebody else may have removed it.

## What is wrong with a value.

fault-required = Please fill in this field.
fault-too-long =
    { $count ->
        [one] Please enter no more than { $count } character.
       *[other] Please enter no more than { $count } characters.
    }
fault-bad-identifier = Please use only letters without accents, digits, “-” and “_”.
fault-taken = This is already in use. Please choose another.
fault-bad-email = This is not an e-mail address.
fault-bad-phone = This is not a telephone number. Please enter it with its country code, for example +44 20 7946 0000.
fault-bad-username = Please use letters, digits, “.”, “-” and “_”, and at least one character that is not a digit.
fault-password-too-short =
    { $count ->
        [one] Please use at least { $count } character.
       *[other] Please use at least { $count } characters.
    }
fault-password-common = This password is easy to guess. Please choose another.
fault-password-wrong = This is not your present password.
fault-password-unchanged = The new password is the same as the present one.
fault-bad-choice = Please choose one of the values on offer.

## Requests that cannot be served.

error-home = Go to the start page
error-400 = That request makes no sense
    .sentence = The address or the form is incomplete. Go back and try again.
error-401 = Please sign in first
    .sentence = You are not signed in, or your session has ended. What you sent was not saved.
error-403 = You may not do this
    .sentence = Your account does not have the right to see this page. If you need it, ask an administrator.
error-404 = There is nothing here
    .sentence = The address may be mistyped, or what was here is gone.
error-405 = Not like this
    .sentence = This address cannot be opened in this way. Go back and use the buttons of the page.
error-413 = That is too much
    .sentence = What you sent is larger than this page accepts. Shorten it and try again.
error-421 = Wrong address
    .sentence = This site has another address. Ask an administrator for the right one.
error-429 = Too many requests
    .sentence = Please wait a moment and try again.
error-500 = Something went wrong here
    .sentence = It is not your fault. Try again; if it happens again, give an administrator the reference code.
error-503 = Not available right now
    .sentence = The service is busy or being restarted. Please try again in a moment.
