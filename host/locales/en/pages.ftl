### The person's own page, and the administration.

home-title = Overview
home-welcome = Welcome, { $name }
home-lead = Who you are here, and how you signed in.
home-signed-in-with = Signed in with
home-signed-in-at = Signed in at
home-administration = Administration
home-tile-authenticators = Ways to sign in and their settings
home-tile-users = Who may sign in, and with which roles
home-tile-plugins = Where further ways to sign in come from
home-tile-journal = Every sign-in and every change
password-current = Present password
password-new = New password
password-change = Change password
password-change-note = Your other sessions end when you change it.
password-help = At least { $count } characters. A few words in a row are easy to remember.
password-initial = Initial password
password-initial-help = Optional, at least { $count } characters. Without one, they sign in through another way.
password-set-help = Optional, at least { $count } characters. They have no password yet.
password-reset-help = Leave empty to keep the present one. At least { $count } characters; their sessions end.

## Authentication.

authenticators-title = Authentication
authenticators-lead = Ways to sign in. The order here is the order of the buttons on the sign-in page.
authenticators-empty = There is no way to sign in yet
authenticators-empty-advice = Enable a plug-in, then add an authenticator of one of its types.
add-new = Add new
get-more = Get more
get-more-lead = Opens the plug-in manager
sign-ins = Sign{"\u2011"}ins, 7{"\u00A0"}days
order = Order
built-in = Built in
type-password = Password
move-up = Move { $title } up
move-down = Move { $title } down
switch-authenticator = { $title } on the sign-in page
state-ready = Ready
state-not-configured = Not configured
state-plugin-disabled = Plug-in disabled
state-plugin-failed = Plug-in failed
state-plugin-missing = Plug-in missing
authenticator-new = New { $type }
authenticator-edit = Edit { $title }
guide = Set-up guide
uid = UID
uid-help = Part of the Redirect URL, and fixed once saved. Letters, digits, “-” and “_”.
title-en = Title (English)
title-zh = Title (Chinese)
description-en = Note for administrators (English)
description-zh = Note for administrators (Chinese)
authenticator-enabled = Enabled
authenticator-enabled-help = People see it on the sign-in page.
authenticator-frozen = Its plug-in is not running, so nothing can be changed here.
authenticator-general = General
check-connection = Check connection
check-title = Connection
check-help = Looks at the settings that are saved.
check-open = Open the console
severity-info = Note
severity-good = Good
severity-warning = Warning
severity-error = Error
delete-question =
    { $count ->
        [0] Its settings will be gone for good. Nobody is linked through it.
        [one] Its settings, and the link of { $count } user, will be gone for good. The user stays.
       *[other] Its settings, and the links of { $count } users, will be gone for good. The users stay.
    }
delete-really = Delete for good

## Users.

users-title = Users
users-lead = Everybody who has an account, and how they sign in.
users-search = Search names, e-mail, telephone
users-empty-advice = No user matches. Try other words.
user-add = Add user
user-new = New user
user-details = Details
user-status = Status
user-self = This is your own account. Another administrator can disable it.
user-disable = Disable
user-disable-question = They will be signed out everywhere and cannot sign in by any way until you enable them again.
user-disable-really = Disable the account
user-enable = Enable
user-disabled-note = Nobody can sign in to this account.
user-no-ways = There is no way yet. Set a password, or let them sign in through an authenticator that matches their telephone number.
username-help = For signing in with a password. Letters, digits, “.”, “-” and “_”.
phone-help = With its country code. Sign-in services that report this number as verified sign in to this account.
contact = Contact
ways = Ways to sign in
no-ways = None yet
