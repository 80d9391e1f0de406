### Signing in.

sign-in-title = Sign in to { $site }
sign-in-lead-both = Use your account or your organisation’s sign-in.
sign-in-lead-password = Use your account.
sign-in-lead-buttons = Choose how to sign in.
identifier = Username or e-mail
or = or
no-ways-title = There is no way to sign in
no-ways-advice = All ways to sign in are switched off. An administrator can switch one on again from the server’s command line.

message-wrong-password = The username or the password is not right.
message-too-many-seconds =
    { $count ->
        [one] Too many wrong tries. Please wait { $count } second.
       *[other] Too many wrong tries. Please wait { $count } seconds.
    }
message-too-many-minutes =
    { $count ->
        [one] Too many wrong tries. Please wait { $count } minute.
       *[other] Too many wrong tries. Please wait { $count } minutes.
    }

try-again = Try again
try-again-with = Try again with { $title }
back-to-sign-in = Back to sign-in
reference-help = With this code an administrator can see what happened.

## Why a sign-in was refused or failed.

refusal-attempt-unknown = This sign-in cannot be continued
    .sentence = It was already completed, or it began in another browser or another window.
    .advice = Start again from the sign-in page, and stay in the same browser.
refusal-attempt-expired = This sign-in took too long
    .sentence = A sign-in has to be finished within ten minutes.
    .advice = Please start again.
refusal-bad-callback = The answer was incomplete
    .sentence = We did not understand what the sign-in service sent back.
    .advice = Please start again. If it happens again, tell an administrator.
refusal-authenticator-off = This way to sign in is switched off
    .sentence = An administrator has switched it off or removed it.
    .advice = Please choose another way to sign in.
refusal-authenticator-changed = The settings have just changed
    .sentence = An administrator changed this way to sign in while you were using it.
    .advice = Please start again.
refusal-denied = You did not agree
    .sentence = The sign-in was cancelled, so we do not know who you are.
    .advice = If this was a mistake, start again and agree to the request.
refusal-code-rejected = This sign-in is no longer valid
    .sentence = The sign-in service says that its permission was already used or has expired.
    .advice = Please start again, and do not reload the page on the way.
refusal-provider-credentials = The connection is not set up correctly
    .sentence = The sign-in service does not accept this site’s credentials.
    .advice = Please choose another way to sign in, and tell an administrator.
refusal-provider-permission = A permission is missing
    .sentence = The sign-in service has not permitted this site to see what it needs.
    .advice = Please choose another way to sign in, and tell an administrator.
refusal-provider-address = This server is not let in
    .sentence = The sign-in service does not accept calls from this server’s address.
    .advice = Please choose another way to sign in, and tell an administrator.
refusal-provider-busy = The sign-in service is busy
    .sentence = It is getting more requests than it accepts at the moment.
    .advice = Please wait a moment and try again.
refusal-provider-unavailable = The sign-in service cannot be reached
    .sentence = It is out of order or not reachable at the moment.
    .advice = Please try again in a few minutes, or choose another way to sign in.
refusal-provider-slow = The sign-in service did not answer in time
    .sentence = We waited, but no answer came.
    .advice = Please try again in a few minutes, or choose another way to sign in.
refusal-provider-bad-answer = The sign-in service gave an unexpected answer
    .sentence = We cannot tell from it who you are, so we did not sign you in.
    .advice = Please try again. If it happens again, tell an administrator.
refusal-not-a-member = You are not a member of the organisation
    .sentence = The sign-in service does not list you as a member.
    .advice = If you should be one, ask your organisation’s administrator to add you.
refusal-tenant-mismatch = This is another organisation
    .sentence = You signed in for an organisation that has no access to this site.
    .advice = Start again and choose the right organisation.
refusal-no-phone = No telephone number was shared
    .sentence = We find your account by your telephone number, and the sign-in service did not tell us one.
    .advice = Add a number to your account there, or ask an administrator for help.
refusal-phone-unusable = The telephone number is not clear
    .sentence = The sign-in service gave us a number that is hidden in part or has no country code.
    .advice = Ask an administrator to link your account.
refusal-phone-ambiguous = Several accounts have your telephone number
    .sentence = We cannot tell which of them is yours, so we did not sign you in.
    .advice = Ask an administrator to sort out the accounts.
refusal-phone-taken = Your telephone number belongs to another account
    .sentence = It is already linked to somebody else, perhaps a former owner of the number.
    .advice = Ask an administrator to check the number.
refusal-privileged-account = Administrators are not linked this way
    .sentence = To keep them safe, administrators’ accounts are never linked by a telephone number alone.
    .advice = Please choose another way to sign in.
refusal-sign-up-off = There is no account for you yet
    .sentence = No account here matches yours, and new ones are not created automatically.
    .advice = Ask an administrator to add you.
refusal-account-disabled = Your account is disabled
    .sentence = An administrator has disabled it, so nobody can sign in to it.
    .advice = If this is a mistake, ask an administrator.
refusal-plugin-failed = This way to sign in is out of order
    .sentence = Something broke on our side while you were signing in.
    .advice = Please try again, or choose another way to sign in.
refusal-plugin-off = This way to sign in is switched off
    .sentence = Its plug-in is not running at the moment.
    .advice = Please choose another way to sign in.
refusal-misconfigured = The connection is not set up correctly
    .sentence = The settings of this way to sign in cannot work.
    .advice = Please choose another way to sign in, and tell an administrator.
refusal-too-many = Too many sign-ins at once
    .sentence = More people are signing in than this site can take at the moment.
    .advice = Please wait a moment and try again.
refusal-internal = Something went wrong here
    .sentence = It is not your fault, and you are not signed in.
    .advice = Please try again. If it happens again, tell an administrator.
