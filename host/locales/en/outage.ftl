### A provider that does not answer.

outage-banner = { $count ->
    [one] { $titles } is not answering at the moment.
   *[other] { $titles } are not answering at the moment.
}
outage-other-ways = The other ways to sign in work as usual.
outage-try-later = Please try again in a few minutes.
outage-badge = Not answering
