//! Packages, as the administrator handles them in the browser.

use reqwest::Method;
use serde_json::Value;

use super::World;
use crate::{Reply, Signer};

/// Separates the parts of an upload.
const BOUNDARY: &str = "----gatehouse-tests-7d1f";

impl World {
    /// Posts the upload form.
    pub async fn upload(&mut self, package: &[u8], password: &str) -> Reply {
        let request = self.admin.request(Method::POST, "/admin/plugins/install").header("origin", self.admin.origin());
        let request = request.header("content-type", format!("multipart/form-data; boundary={BOUNDARY}"));
        self.admin.send(request.body(upload_body(package, password))).await
    }

    /// Installs a signed package of these bytes of a library, and returns the SHA-256 of the package.
    pub async fn install(&mut self, library: &[u8]) -> String {
        let (_, package) = Signer::trusted().package(library);
        let password = self.admin_password.clone();
        let reply = self.upload(&package, &password).await;
        assert!(reply.location().contains("notice=plugin-installed"), "{} {}", reply.status, reply.page().text());
        gatehouse::plugins::package::digest(&package)
    }

    /// Answers the question whether a release is to run.
    pub async fn choose(&mut self, id: &str, sha256: &str, more: &[(&str, &str)]) -> Reply {
        let password = self.admin_password.clone();
        let mut form = vec![("password", password.as_str())];
        form.extend(more);
        self.admin.post(&format!("/admin/plugins/{id}/releases/{sha256}"), &form).await
    }

    /// Makes a release the one that runs.
    pub async fn chooses(&mut self, id: &str, sha256: &str) {
        let reply = self.choose(id, sha256, &[]).await;
        assert!(reply.status == 303 && reply.location().contains("notice=plugin-upgraded"), "{}", reply.page().text());
    }

    /// A plug-in, as the API tells it.
    pub async fn plugin(&mut self, id: &str) -> Value {
        let listed = self.admin.get("/api/v1/plugins").await.json();
        let all = listed["plugins"].as_array().unwrap();
        all.iter().find(|one| one["id"] == id).unwrap_or_else(|| panic!("no {id}: {listed}")).clone()
    }
}

/// What a browser posts for the upload form.
pub fn upload_body(package: &[u8], password: &str) -> Vec<u8> {
    let mut body = format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"password\"\r\n\r\n{password}\r\n\
         --{BOUNDARY}\r\nContent-Disposition: form-data; name=\"package\"; filename=\"plugin.tar.gz\"\r\n\
         Content-Type: application/gzip\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(package);
    body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
    body
}
