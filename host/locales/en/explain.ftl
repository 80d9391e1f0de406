### Why a sign-in was refused, and what a rehearsed one would come to.

explain-title = Why a sign-in was refused
explain-facts = The sign-in
explain-authenticator = Way to sign in
explain-address = Came from
explain-told = What happened
explain-stage = How far it came
explain-provider-code = Provider’s code
explain-missing = Missing permissions
explain-chain = Details for support
explain-cure = What to do
explain-search = Search there for
explain-steps = Calls to the provider
explain-no-steps = Nobody was asked.
explain-took = { $ms }{"\u00A0"}ms in all, from the request to its answer.
explain-person = Who the provider says it is
explain-gone = The steps of a refused sign-in are kept for 30 days. These are gone; the journal keeps its entry.

stage-begin = It could not begin
stage-return = The way back from the provider
stage-provider = Asking the provider who it is
stage-membership = Whether they belong to the organisation
stage-account = Finding the account
stage-sign-up = Creating an account

step-refused = Refused with the code { $code }.
step-status = Answered with status { $status }.
step-not-allowed = Not sent: the plug-in may not call this address.
step-connect = No connection.
step-timeout = No complete answer in time.
step-too-large = The answer was too large.
step-broken = The connection broke off.
step-paused = Not sent: the server failed several times in a row and is given a pause.
step-when = Began after { $began }{"\u00A0"}ms, took { $took }{"\u00A0"}ms.

person-subject = Identifier
person-tenant = Organisation
person-member = Membership
person-member-yes = Proven in this sign-in
person-member-no = Not examined
vouched-account = verified by the provider
vouched-directory = from the organisation’s directory
vouched-nobody = nobody vouches for it

## What an administrator can do about each refusal.

cure-attempt-unknown = Usually nothing: somebody opened an old page, came back twice, or changed browsers on the way. If everybody is affected, check that the public URL is the address that people use, and that their browsers keep cookies.
cure-attempt-expired = Nothing, as a rule: the person was away for more than ten minutes. If everybody is affected, check this server’s clock.
cure-bad-callback = Nothing, if it happened once: the address was cut off or made up. If everybody is affected, compare the Redirect URL in the provider’s console with the one on the form.
cure-authenticator-off = Switch this way to sign in on again, or tell people about another one.
cure-authenticator-changed = Nothing: the settings were saved while the person was at the provider. They can simply try again.
cure-denied = Nothing: the person did not agree, or the provider declined for them. If it happens to many, look at whom the application is published for.
cure-code-rejected = Nothing, if it happened once: the code had expired or was used. If everybody is affected, check that Client ID and Redirect URL belong to the same application.
cure-provider-credentials = Copy Client ID and Client Secret from the provider’s console again, save the form, and check the connection.
cure-provider-permission = Grant the missing permission in the provider’s console and publish the application again. Then check the connection.
cure-provider-address = Add this server’s public address to the list of addresses in the provider’s console.
cure-provider-busy = Wait a minute. If it goes on, the application has reached its limit of calls; the provider can raise it.
cure-provider-unavailable = Wait, and offer another way to sign in. If only this server is affected, look at its way to the Internet: name server, proxy, firewall.
cure-provider-slow = Wait, and look at the calls below: the slowest tells which server is slow. If only this server is affected, look at its way to the Internet.
cure-provider-bad-answer = Check the connection. If the addresses on the form lead to a gateway, see whether it changes what it passes on.
cure-not-a-member = If the person should be a member, add them to the organisation at the provider.
cure-external-contact = If the person should be a member, add them to the organisation; an external contact is not one.
cure-other-organisation = The person chose another organisation at the provider. If it was the right one, correct the organisation on the form.
cure-organisation-unknown = The person did not choose an organisation, or the provider did not pass it on. They can try again and choose one.
cure-inactive-member = The person has to accept the organisation’s invitation, or be made active in its directory.
cure-membership-unproven = The provider did not answer whether the person is a member, so nobody is let in. Check the connection: it names the permission that is missing.
cure-link-taken = Look at the users who have this identity linked, and remove the link that is wrong.
cure-link-session = Nothing: what began in one session came back in another. They can sign in and begin again.
cure-no-phone = Let the person add a telephone number at the provider, grant the permission to read it, or let them sign in with a password and link the account themselves.
cure-phone-unusable = The number is masked or has no country code. Grant the permission to read the whole number, or let the person sign in with a password and link the account themselves.
cure-phone-ambiguous = Several users have this telephone number. Correct all but one of them under Users.
cure-phone-taken = The number was probably handed on. Under Users, remove it from its former owner, or remove the old link if it is the same person with a new identity.
cure-privileged-account = Administrators sign in another way first and then link the account on their own page.
cure-sign-up-off = Create the user with this telephone number, or switch automatic sign-up on for this way to sign in.
cure-account-disabled = Under Users, enable the account, if the person may sign in again.
cure-plugin-failed = Look at the plug-in’s card, and at the log under this reference code. If it goes on, switch the plug-in off and on, or install another version.
cure-plugin-off = Switch the plug-in on, or tell people about another way to sign in.
cure-misconfigured = Open the form, correct what it marks, and check the connection.
cure-internal = Look at the log under this reference code: it names what failed on this server.

## Rehearsal.

rehearse = Rehearse
rehearse-help = Goes through a sign-in with the settings that are saved. Nobody is signed in, and nothing is changed.
rehearsal-title = Rehearsal: { $title }
rehearsal-lead = What a sign-in by this person would come to now.
rehearsal-again = Rehearse again
rehearsal-verdict = Result
rehearsal-would-enter = { $name } would be signed in.
rehearsal-would-be-created = { $name } would get an account and be signed in.
rehearsal-refused = This person would not be signed in, and would read this:
rehearsal-account = Account
rehearsal-new = new
rehearsal-rule = Found by
rehearsal-changes = What would be written
rehearsal-notes = About this rehearsal
rehearsal-nothing = Nobody was signed in, and nothing was changed. This report is yours alone and kept for a day. It was made on
rehearsal-off = This way to sign in is switched off: people do not see it.
rehearsal-client = Signing in inside the provider’s own app takes another way, which cannot be rehearsed in a browser. Open the link on the form in the app to try it.

rule-link = The link of this person
rule-moved = Another identifier of this person, whose link would be moved
rule-former = A former identifier of this person, whose link would be moved
rule-realm = The link at another authenticator of the same organisation
rule-phone = The verified telephone number
rule-sign-up = Nothing: nobody matches, and automatic sign-up is on
rule-other = Another rule

change-session = A session, and an entry in the journal
change-account = The account
change-link = A link between this person and the account
change-moved = The link by “{ $kind }” would become one by the person’s identifier
change-field = { $field }: a new value
change-field-to = { $field }: { $value }
change-picture = Picture
change-taken = { $field }: stays, because another account has the new value
