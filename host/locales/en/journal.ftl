### The journal.

journal-title = Journal
journal-lead = Every sign-in and every change, newest first.
journal-search = Reference code or name
journal-kind = Kind
journal-all-kinds = Everything
journal-time = Time
journal-what = What happened
journal-who = Who
journal-outcome = Outcome
journal-empty = Nothing to show
journal-empty-advice = Nothing has happened yet, or nothing matches.
journal-newest = Newest
journal-older = Older
outcome-done = Done
outcome-refused = Refused
outcome-failed = Failed

event-group-signin = Sign-ins
event-group-session = Sessions
event-group-password = Passwords
event-group-user = Users
event-group-authenticator = Authenticators
event-group-plugin = Plug-ins

event-signin-completed = Signed in with { $subject }
event-signin-refused = Sign-in with { $subject } refused
event-session-ended = Signed out
event-password-changed = Password of { $subject } changed
event-user-created = User { $subject } created
event-user-signed-up = { $subject } signed up by signing in
event-user-changed = User { $subject } changed
event-user-enabled = User { $subject } enabled
event-user-disabled = User { $subject } disabled
event-authenticator-created = Authenticator { $subject } created
event-authenticator-changed = Settings of { $subject } changed
event-authenticator-enabled = Authenticator { $subject } enabled
event-authenticator-disabled = Authenticator { $subject } disabled
event-authenticator-moved = Authenticator { $subject } moved
event-authenticator-deleted = Authenticator { $subject } deleted
event-authenticator-checked = Connection of { $subject } checked
event-authenticator-resealed = Stored secrets sealed with the present key
event-plugin-enabled = Plug-in { $subject } enabled
event-plugin-disabled = Plug-in { $subject } disabled
event-plugin-failed = Plug-in { $subject } failed
