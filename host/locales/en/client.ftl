### Signing in inside a provider's client.

client-title = Signing in with { $title }…
client-lead = The app is telling us who you are. This takes a moment.
client-noscript = Your browser runs no scripts here, so the app cannot tell us who you are. Please sign in another way.
client-other-way = Sign in another way
client-stay = Continue as { $name }
client-stay-help = This session is from before, and the app did not tell us whether you are still the same person. If you are not, sign in as yourself.

## Why nobody was signed in; what the client's scripts report.

notice-client-not-in-client = You were not signed in automatically, because this page was not opened inside the app.
notice-client-wrong-organisation = You were not signed in automatically, because the app is used for another organisation. Switch to the organisation that this site belongs to, or sign in below.
notice-client-untrusted-domain = You were not signed in automatically, because the app does not trust the address of this site. Please sign in below, and tell an administrator.
notice-client-cancelled = You were not signed in automatically. Please sign in below.
notice-client-failed = You were not signed in automatically, because the app did not tell us who you are. Try again, or sign in another way.
