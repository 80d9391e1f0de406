//! Addresses and routes agree; values are escaped.

use super::*;

#[test]
fn addresses_and_routes_agree() {
    let urls = Urls::new("/gate/");
    for (address, pattern) in [
        (urls.home(), route::HOME.to_owned()),
        (urls.sign_in(None), route::SIGN_IN.to_owned()),
        (urls.sign_in_start("x"), route::SIGN_IN_START.replace("{uid}", "x")),
        (urls.sign_in_callback("x"), route::SIGN_IN_CALLBACK.replace("{uid}", "x")),
        (urls.plugin_enable("x"), route::PLUGIN_ENABLE.replace("{id}", "x")),
        (urls.plugin_disable("x"), route::PLUGIN_DISABLE.replace("{id}", "x")),
        (urls.authenticator("x"), route::AUTHENTICATOR.replace("{uid}", "x")),
        (
            urls.authenticator_action("x", AuthenticatorAction::Up),
            route::AUTHENTICATOR_ACTION.replace("{uid}", "x").replace("{action}", "up"),
        ),
        (urls.user("x"), route::USER.replace("{id}", "x")),
        (urls.user_enable("x"), route::USER_ENABLE.replace("{id}", "x")),
        (urls.user_disable("x"), route::USER_DISABLE.replace("{id}", "x")),
        (urls.user_link_remove("x", "y"), route::USER_LINK_REMOVE.replace("{id}", "x").replace("{link}", "y")),
        (urls.sign_in_client("x"), route::SIGN_IN_CLIENT.replace("{uid}", "x")),
        (urls.link_start("x"), route::LINK_START.replace("{uid}", "x")),
        (urls.link_remove("x"), route::LINK_REMOVE.replace("{uid}", "x")),
        (urls.authenticator_keys("x"), route::AUTHENTICATOR_KEYS.replace("{uid}", "x")),
        (urls.rehearsal("x"), route::REHEARSAL.replace("{id}", "x")),
        (urls.explanation("x"), route::EXPLANATION.replace("{reference}", "x")),
        (urls.script("k", "x"), route::SCRIPT.replace("{kind}", "k").replace("{name}", "x")),
        (urls.asset("x"), route::ASSET.replace("{name}", "x")),
        (urls.icon("x"), route::ICON.replace("{name}", "x.svg")),
    ] {
        assert_eq!(address, format!("/gate{pattern}"));
    }
}

#[test]
fn values_are_escaped_and_empty_ones_left_out() {
    let urls = Urls::new("");
    assert_eq!(urls.sign_in(Some("/a?b=c&d")), "/signin?redirect=%2Fa%3Fb%3Dc%26d");
    assert_eq!(urls.users_page("", 1), "/admin/users");
    assert_eq!(urls.users_page("李 雷", 3), "/admin/users?q=%E6%9D%8E+%E9%9B%B7&page=3");
    assert_eq!(urls.user("../x"), "/admin/users/..%2Fx");
    assert_eq!(with_query("/a?b=c".into(), &[("d", "e")]), "/a?b=c&d=e");
}
