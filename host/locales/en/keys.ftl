# The identity-key assistant.
keys-title = Identity keys of { $title }
keys-lead = Bring links along from another system, and move them to the identifier that Gatehouse links by.
keys-back = Back to the authenticator
keys-move-title = Move links
keys-also-subjects = Also look for people who were given a newer identifier since
keys-dry-run = Try it out
keys-import-title = Bring links along
keys-kind = Kind of identifier
keys-kind-subject = The identifier that Gatehouse links by
keys-lines = Users and identifiers
keys-lines-help = One line each: username, comma, identifier. All lines are taken in, or none.
keys-import = Import
keys-plan-title = What would happen
keys-plan-lead = Nothing has been written yet. Links that collide or that could not be looked up stay as they are.
keys-nothing = There is nothing to move.
keys-count-move = { $count } to move
keys-count-merge = { $count } to merge
keys-count-stay = { $count } as they should be
keys-count-conflict = { $count } in conflict
keys-count-nobody = { $count } unknown to the provider
keys-count-ambiguous = { $count } ambiguous
keys-count-needs-person = { $count } at the next sign-in
keys-count-unknown = { $count } could not be looked up
keys-value = Identifier
keys-fate = What happens
keys-target = Moves to, or collides with
keys-fate-move = Moves
keys-fate-merge = Merges
keys-fate-stay = Stays
keys-fate-conflict = Conflict
keys-fate-nobody = Unknown
keys-fate-ambiguous = Ambiguous
keys-fate-needs-person = At next sign-in
keys-fate-unknown = Not found out
keys-carry-out =
    { $count ->
        [one] Write { $count } link
       *[other] Write { $count } links
    }
keys-moved =
    { $count ->
        [one] { $count } link was written.
       *[other] { $count } links were written.
    }
keys-imported =
    { $count ->
        [one] { $count } link was taken in.
       *[other] { $count } links were taken in.
    }
keys-too-many = There are too many links for a page. Use the command line: { $command }
keys-changed = Something changed since the dry run, so nothing was written. Please try it out again.
keys-plugin-failed = The identifiers could not be looked up, so nothing was written.
keys-unknown-kind = This authenticator does not know that kind of identifier.
keys-not-here = There is no such authenticator, its plug-in is not loaded, or its type knows no other identifiers.
keys-line-malformed = Line { $line }: this has to be a username, a comma and an identifier.
keys-line-no-user = Line { $line }: nobody has this username.
keys-line-taken = Line { $line }: the identifier is linked already, or stands here twice.
keys-open = Identity keys
