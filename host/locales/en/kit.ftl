# What `gatehouse plugin new`, `check` and `dev` say.

kit-bad-name = the name has to be 2 to 64 lower-case letters, digits and hyphens, and begin with a letter
kit-exists = there is something already; choose another name or another folder
kit-no-sdk = there is no plug-in contract in this folder: it should have a folder plugin-api
kit-unwritable = the name of this folder cannot be written into a manifest
kit-next =
    Next:
      cd { $folder }
      cargo test

kit-ok = ok
kit-failed = FAILED
kit-not-tried = not tried
kit-summary = Rules kept: { $kept }, broken: { $failed }, not tried: { $untried }; calls: { $calls }.
kit-broken = { $count ->
    [one] one rule is broken
   *[other] { $count } rules are broken
}
kit-unfilled = No sample fits: { $fields }. Give values with --settings.
kit-no-object = this has to be a JSON object with the settings
kit-died = the library ended the process that tried it
kit-timed-out = the library did not get through the list in time

kit-sealed = stored encrypted
kit-example = for example
kit-button = The button on the sign-in page:

kit-rule-manifest = The manifest can be read and is for this version of the interface.
kit-rule-types = There is a type, and identifiers are well-formed and distinct.
kit-rule-texts = Every text exists in both languages.
kit-rule-forms = The settings form may be used.
kit-rule-icons = Icons are SVG documents that only draw.
kit-rule-grammar = The callback grammar names the parameters of success and of failure.
kit-rule-authorize-url = begin answers with an address where the host may send a browser.
kit-rule-authorize-parameters = The address carries state and redirect_uri exactly as given.
kit-rule-stateless = begin keeps nothing: calls for different settings do not mix.
kit-rule-identity = finish makes the sample callback into the same identity every time.
kit-rule-no-code = finish makes no identity of a callback without a code.
kit-rule-no-provider = finish makes no identity of a provider that answers nonsense or nothing.
kit-rule-doctor = check answers with findings that can be read.
kit-rule-migration = A declared migration makes settings that fit the form, and leaves alone what it made.
kit-rule-hosts = Only lent addresses are called.
kit-rule-cache = The cache is used only if asked for, and no lease is left behind.
kit-rule-secrets = No secret is in an address for the browser, the log, a fault or a finding.
kit-rule-sound = No call panics or breaks the contract.
kit-rule-prompt = No call hangs or blocks its thread.

kit-build-failed = the build failed; cargo says why
kit-no-library = the crate makes no library for hosts; its [lib] has to say crate-type = ["cdylib", "rlib"]
kit-watching = Waiting for a change; Ctrl+C ends it.
kit-no-key = there is no key to sign with; make one with: gatehouse plugin keygen --no-password
