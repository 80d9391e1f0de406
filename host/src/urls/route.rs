//! What the router is given; the base path comes before each.

/// `GET`, with `?redirect=`.
pub const SIGN_IN: &str = "/signin";
/// `POST`.
pub const SIGN_IN_PASSWORD: &str = "/signin/password";
/// `POST`.
pub const SIGN_IN_START: &str = "/signin/{uid}/start";
/// `GET`, from the provider.
pub const SIGN_IN_CALLBACK: &str = "/signin/{uid}/callback";
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
/// `GET` the page, `POST` a new authenticator.
pub const AUTHENTICATORS: &str = "/admin/authentication";
/// `GET`, with `?type=`.
pub const AUTHENTICATOR_NEW: &str = "/admin/authentication/new";
/// `GET` the form, `POST` to save it.
pub const AUTHENTICATOR: &str = "/admin/authentication/{uid}";
/// `POST`; one of [`super::AuthenticatorAction`].
pub const AUTHENTICATOR_ACTION: &str = "/admin/authentication/{uid}/{action}";
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
/// `GET`, with `?kind=`, `?q=` and `?before=`.
pub const JOURNAL: &str = "/admin/journal";
/// `GET`.
pub const ASSET: &str = "/assets/{name}";
/// `GET`; the name is an id followed by `.svg`.
pub const ICON: &str = "/icons/{name}";
