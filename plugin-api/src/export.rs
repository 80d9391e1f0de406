//! The macro that makes a library a plug-in.

/// Exports a type that implements [`AuthPlugin`](crate::AuthPlugin) from a `cdylib`. Once per library.
///
/// ```
/// # use plugin_api::{AuthPlugin, AuthenticatorType, BeginReply, BeginRequest, Callback, Context, Fault, FaultKind, Finding, Identity};
/// struct Mine;
///
/// impl AuthPlugin for Mine {
///     const MANIFEST: &'static str = r#"{
///         "id": "auth-mine", "version": "1.0.0", "api": "1.0",
///         "name": { "en": "Mine", "zh-CN": "我的" }, "description": { "en": "Mine.", "zh-CN": "我的。" },
///         "abilities": ["sign-in"]
///     }"#;
///
///     fn new() -> Self {
///         Self
///     }
/// #   fn authenticator_types(&self) -> Vec<AuthenticatorType> { Vec::new() }
/// #   async fn begin(&self, _: &Context, _: BeginRequest) -> Result<BeginReply, Fault> { Err(Fault::new(FaultKind::Internal, "")) }
/// #   async fn finish(&self, _: &Context, _: Callback) -> Result<Identity, Fault> { Err(Fault::new(FaultKind::Internal, "")) }
/// #   async fn check(&self, _: &Context) -> Result<Vec<Finding>, Fault> { Ok(Vec::new()) }
///     // ... the methods ...
/// }
///
/// plugin_api::export_auth_plugin!(Mine);
/// ```
///
/// The library must be built with `panic = "unwind"`: otherwise the first panic would end the host.
///
/// The crate may be a `cdylib` and an `rlib` at once, for its own tests; but two plug-ins cannot be linked into one
/// program, because both export the same symbol.
#[macro_export]
macro_rules! export_auth_plugin {
    ($plugin:ty) => {
        const _: () = {
            #[cfg(not(panic = "unwind"))]
            ::core::compile_error!("a plug-in needs `panic = \"unwind\"`: otherwise its first panic ends the host");

            const MANIFEST: &str = <$plugin as $crate::AuthPlugin>::MANIFEST;

            #[used]
            #[cfg_attr(target_os = "linux", unsafe(link_section = ".gatehouse.plugin"))]
            static MANIFEST_BYTES: [u8; MANIFEST.len()] = $crate::__private::bytes(MANIFEST);

            #[used]
            #[cfg_attr(target_os = "linux", unsafe(link_section = ".gatehouse.build"))]
            static BUILD_BYTES: [u8; $crate::__private::BUILD.len()] =
                $crate::__private::bytes($crate::__private::BUILD);

            #[unsafe(export_name = "gatehouse_plugin_v1")]
            static HEADER: $crate::__private::LibHeader = $crate::__private::header::<$plugin>();
        };
    };
}

/// The bytes of `text` by value, as a link section needs them.
///
/// `N` is always the length of `text`: the macro writes both.
pub const fn bytes<const N: usize>(text: &str) -> [u8; N] {
    let mut out = [0; N];
    out.copy_from_slice(text.as_bytes());
    out
}
