//! The provider: a Node.js process that ends with the test.

use std::path::Path;
use std::process::Stdio;

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// The client that the provider knows (`tests/oidc-provider/server.mjs`).
pub(super) const CLIENT_ID: &str = "gatehouse";
/// Its secret.
pub(super) const CLIENT_SECRET: &str = "loopback-secret-not-a-real-one";

/// A running provider; dropping it ends it.
pub(super) struct Provider {
    /// Its address.
    pub(super) issuer: String,
    _child: Child,
}

impl Provider {
    /// Starts one that sends people back to `redirect_url`, and waits until it listens.
    pub(super) async fn start(redirect_url: &str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("oidc-provider");
        assert!(folder.join("node_modules").is_dir(), "the provider is not installed; run: cargo xtask test");
        let mut command = Command::new("node");
        command.current_dir(folder).args(["server.mjs", redirect_url]).kill_on_drop(true);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let issuer = lines.next_line().await.unwrap().expect("the provider says where it is");
        Self { issuer, _child: child }
    }
}
