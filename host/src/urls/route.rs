//! What the router is given; the base path comes before each.

/// `GET`, with `?redirect=`; `POST` goes on in the session that is there, where a provider's client did not say whose.
pub const SIGN_IN: &str = "/signin";
/// `POST`.
pub const SIGN_IN_PASSWORD: &str = "/signin/password";
/// `POST`.
pub const SIGN_IN_START: &str = "/signin/{uid}/start";
/// `GET`, from the provider.
pub const SIGN_IN_CALLBACK: &str = "/signin/{uid}/callback";
/// `GET` the page that signs in inside the provider's client, with `?redirect=`; `POST` what its scripts found out.
pub const SIGN_IN_CLIENT: &str = "/signin/{uid}/client";
/// `GET` asks whether to link the person whom a provider just named; `POST` does it or drops it.
pub const LINK_CONFIRM: &str = "/account/link";
/// `POST`: goes to the provider to link the account that is signed in.
pub const LINK_START: &str = "/account/links/{uid}";
/// `POST`: removes a link of the account that is signed in.
pub const LINK_REMOVE: &str = "/account/links/{uid}/remove";
/// `POST`.
pub const SIGN_OUT: &str = "/signout";
/// `POST`.
pub const PREFERENCES: &str = "/preferences";
/// `GET`.
pub const HOME: &str = "/";
/// `POST`.
pub const ACCOUNT_PASSWORD: &str = "/account/password";
/// `GET`, with `?state=` and `?q=`.
pub const PLUGINS: &str = "/admin/plugins";
/// `POST`.
pub const PLUGIN_ENABLE: &str = "/admin/plugins/{id}/enable";
/// `POST`.
pub const PLUGIN_DISABLE: &str = "/admin/plugins/{id}/disable";
/// `GET` the form, `POST` a package as `multipart/form-data`.
pub const PLUGIN_INSTALL: &str = "/admin/plugins/install";
/// `GET` everything about one plug-in.
pub const PLUGIN: &str = "/admin/plugins/{id}";
/// `POST`: removes its packages.
pub const PLUGIN_REMOVE: &str = "/admin/plugins/{id}/remove";
/// `POST`: goes back to the release before.
pub const PLUGIN_BACK: &str = "/admin/plugins/{id}/back";
/// `GET` asks whether this release is to run, `POST` makes it run.
pub const PLUGIN_RELEASE: &str = "/admin/plugins/{id}/releases/{sha256}";
/// `POST`: removes one package.
pub const PLUGIN_RELEASE_REMOVE: &str = "/admin/plugins/{id}/releases/{sha256}/remove";
/// `GET` the page, `POST` a new authenticator.
pub const AUTHENTICATORS: &str = "/admin/authentication";
/// `GET`, with `?type=`.
pub const AUTHENTICATOR_NEW: &str = "/admin/authentication/new";
/// `GET` the form, `POST` to save it.
pub const AUTHENTICATOR: &str = "/admin/authentication/{uid}";
/// `POST`; one of [`super::AuthenticatorAction`].
pub const AUTHENTICATOR_ACTION: &str = "/admin/authentication/{uid}/{action}";
/// `GET` the identity-key assistant's dry run, `POST` to carry it out.
pub const AUTHENTICATOR_KEYS: &str = "/admin/authentication/{uid}/keys";
/// `GET` the report of a rehearsal.
pub const REHEARSAL: &str = "/admin/rehearsals/{id}";
/// `GET` the list with `?q=` and `?page=`, `POST` a new user.
pub const USERS: &str = "/admin/users";
/// `GET`.
pub const USER_NEW: &str = "/admin/users/new";
/// `GET` the form, `POST` to save it.
pub const USER: &str = "/admin/users/{id}";
/// `POST`.
pub const USER_ENABLE: &str = "/admin/users/{id}/enable";
/// `POST`.
pub const USER_DISABLE: &str = "/admin/users/{id}/disable";
/// `POST`; the link by its id.
pub const USER_LINK_REMOVE: &str = "/admin/users/{id}/links/{link}/remove";
/// `GET`, with `?kind=`, `?q=` and `?before=`.
pub const JOURNAL: &str = "/admin/journal";
/// `GET` what happened in a refused sign-in.
pub const EXPLANATION: &str = "/admin/journal/{reference}";
/// `GET`: latency and state of every leg, for Prometheus.
pub const METRICS: &str = "/metrics";
/// `GET`: a script that a plug-in brings, by its type and hashed name.
pub const SCRIPT: &str = "/scripts/{kind}/{name}";
/// `GET`.
pub const ASSET: &str = "/assets/{name}";
/// `GET`; the name is an id followed by `.svg`.
pub const ICON: &str = "/icons/{name}";
