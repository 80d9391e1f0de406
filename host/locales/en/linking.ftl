### Links that people make themselves, and the providers' panels on the sign-in page.

## After a sign-in that named somebody whom nobody here is.

link-instead = If you already have a password here, sign in with it within ten minutes. You can then connect your { $title } account, and use either from then on.
link-with-password = Sign in with your password

## The question.

link-title = Connect these two accounts?
link-lead = Whoever signs in with this { $title } account will then be signed in to your account here.
link-there = { $title } account
link-here = Your account on { $site }
link-advice = Connect only an account that is your own.
link-too-old = You signed in more than ten minutes ago. Sign in again, then connect the account on your own page.
link-password-help = Because you signed in more than ten minutes ago.
link-connect = Connect
link-later = Not now

## Proving that one is there.

reauth-title = Please confirm that it is you
reauth-lead-password = You signed in more than ten minutes ago. To change how you sign in, enter your password again.
reauth-lead-sign-in = You signed in more than ten minutes ago. To change how you sign in, sign in again first.
reauth-sign-in = Sign in again

## On the person's own page.

ways-title = Ways to sign in
ways-lead = Beside your password, you can sign in with accounts that you have elsewhere.
ways-lead-bare = You sign in with accounts that you have elsewhere.
ways-since = Connected on
ways-used = Last used on
ways-off = Switched off
ways-open = Not connected
ways-connect = Connect
ways-connect-to = Connect { $title }
ways-remove = Remove
ways-remove-from = Remove { $title }
ways-question = You will no longer be able to sign in here with { $title }. Your account stays, and so do your sessions.

notice-linked = The accounts are connected. From now on you can sign in with either.
notice-unlinked = The account is no longer connected.
notice-link-over = Nothing was connected: more than ten minutes have passed, or it began in another browser or session.
notice-own-last-way-in = Not removed: it is the only way left for you to sign in.

## The panel.

panel-label = Sign in with { $title }
panel-over = Ten minutes have passed.
panel-again = Start again
