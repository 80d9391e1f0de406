### The connection doctor, what is asked because of it, and the parts of the form that came with it.

## What the host finds by itself.

doctor-address-good = People open this site at { $address }.
doctor-address-demo = This is a demonstration: { $address } can be opened on this machine only.
doctor-address-inner = { $address } can be opened inside your network only.
doctor-address-inner-remedy = People outside it, for example on their telephones, cannot sign in. If they should, give this site a public name and set “public_url” to it.
doctor-redirect = The provider sends people back to this Redirect URL.
doctor-redirect-remedy = It has to be registered at the provider exactly as it stands here, or nobody can sign in.
doctor-proxy-good = Requests come through the proxy { $address }, which is trusted.
doctor-proxy-untrusted = Requests come through a proxy at { $address } that is not among “trusted_proxies”.
doctor-proxy-untrusted-remedy = The journal shows the proxy’s address instead of people’s own. If { $address } is your proxy, add it to “trusted_proxies” and restart.
doctor-proxy-scheme = The proxy { $address } says that people use { $scheme }, but “public_url” says otherwise.
doctor-proxy-scheme-remedy = Let the proxy send people to the address in “public_url”, and let it set X-Forwarded-Proto.
doctor-incomplete = Settings are missing or cannot be: { $fields }.
doctor-plugin-failed = The plug-in broke, or did not answer in time.
doctor-plugin-off = Its plug-in is not running.
doctor-built-in = It is built in and asks nobody else.

## What is asked because of it.

check-search = Look for
question-enable = Not enabled: people could not sign in. What is in the way stands below.
question-save = Not saved: the new credentials are not proven. The old ones stay in use. The reason stands below.
enable-anyway = Enable anyway
save-anyway = Save anyway

## The form.

fault-client-taken = “{ $title }” ({ $uid }) signs people in inside the client already, and only one may. Switch it off there first.
needed-when = Required if { $when }.
needed-and = {" "}and{" "}
needed-or = , or if{" "}
needed-is = “{ $field }” is “{ $value }”
needed-on = “{ $field }” is on
needed-off = “{ $field }” is off
refresh-legend = At each sign-in, take over
refresh-name = Name
refresh-email = E-mail address
refresh-picture = Picture
refresh-phone = Telephone number
refresh-help = What an administrator entered by hand is never overwritten.

## The command line.

cli-doctor-enabled = enabled
cli-doctor-disabled = disabled
cli-doctor-none = There is no authenticator to examine.
cli-doctor-verdict = { $errors ->
        [one] { $errors } error
       *[other] { $errors } errors
    }, { $warnings ->
        [one] { $warnings } warning
       *[other] { $warnings } warnings
    }
