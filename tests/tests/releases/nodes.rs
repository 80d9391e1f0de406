//! Several nodes: what one installs, all have.

use gatehouse_tests::{Cluster, eventually};

use super::{ID, add, answers, chameleon};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn pl_10_what_one_node_installs_all_run() {
    let Some(mut cluster) = Cluster::signing_in(2).await else { return };
    let first = &mut cluster.nodes[0];
    first.install(&chameleon("first", "1.0.0")).await;
    first.enable(ID).await;
    add(first, json!({})).await;
    let other = &cluster.nodes[1];
    eventually("the other node has fetched it", async || {
        other.browser().get("/signin").await.body.contains("/signin/chameleon/start")
    })
    .await;
    assert_eq!(answers(other).await, "first");
    let first = &mut cluster.nodes[0];
    let later = first.install(&chameleon("later", "1.1.0")).await;
    first.chooses(ID, &later).await;
    assert_eq!(answers(first).await, "later");
    let other = &cluster.nodes[1];
    eventually("the other node follows", async || answers(other).await == "later").await;
}
