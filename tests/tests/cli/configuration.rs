//! The sample configuration and the manual say what the program understands.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use gatehouse::config::Config;
use gatehouse_tests::{Client, Machine};
use serde_json::{Map, Value};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

fn defaults() -> Map<String, Value> {
    match serde_json::to_value(Config::default()).unwrap() {
        Value::Object(defaults) => defaults,
        other => panic!("{other}"),
    }
}

/// What stands between backquotes.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

#[test]
fn the_manual_lists_every_key_and_no_other() {
    let manual = read("docs/operations.md");
    let section = manual.split("## Configuration").nth(1).unwrap().split("\n## ").next().unwrap();
    let rows = section.lines().filter_map(|line| line.strip_prefix("| `").map(|_| line));
    let listed: Vec<&str> = rows.flat_map(|row| quoted(row.split('|').nth(1).unwrap())).collect();
    let known = defaults();
    assert_eq!(listed.len(), listed.iter().collect::<BTreeSet<_>>().len(), "a key is there twice");
    assert_eq!(listed.into_iter().collect::<BTreeSet<_>>(), known.keys().map(String::as_str).collect());
}

/// Commented lines of the sample show the defaults.
#[test]
fn the_sample_shows_every_key_with_its_default() {
    let sample = read("packaging/gatehouse.toml");
    let known = defaults();
    let mut shown = BTreeSet::new();
    for line in sample.lines() {
        let said = line.strip_prefix("# ").unwrap_or(line);
        let Ok(table) = toml::from_str::<toml::Table>(said) else { continue };
        for (key, value) in table {
            let default = known.get(&key).unwrap_or_else(|| panic!("the sample has the unknown key {key}"));
            if line.starts_with('#') && !default.is_null() {
                assert_eq!(serde_json::to_value(value).unwrap(), *default, "{key}");
            }
            shown.insert(key);
        }
    }
    // It is for demonstrations and tests.
    shown.insert("allow_loopback_upstreams".to_owned());
    assert_eq!(shown, known.keys().cloned().collect());
}

/// The sample as it is shipped; only the folders and the port are those of the test.
#[tokio::test(flavor = "multi_thread")]
async fn the_sample_configuration_serves() {
    let mut machine = Machine::new();
    machine.set("GATEHOUSE_CONFIG", root().join("packaging/gatehouse.toml").display());
    let host = machine.serve().await;
    let mut browser = Client::through("https://gate.example.com", &host.address);
    let page = browser.get("/signin").await;
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(host.out().contains("https://gate.example.com/signin"), "{}", host.out());
    assert_eq!(host.browser().request(reqwest::Method::GET, "/signin").send().await.unwrap().status(), 421);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_configuration_serves() {
    let mut machine = Machine::new();
    machine.set("GATEHOUSE_CONFIG", root().join("demo/gatehouse.toml").display());
    let host = machine.serve().await;
    assert!(host.browser().get("/signin").await.page().text().contains("钉钉为本机模拟"));
}

/// A flag wins over a variable, a variable over the file.
#[tokio::test(flavor = "multi_thread")]
async fn flags_win_over_variables_and_those_over_the_file() {
    let mut machine = Machine::new();
    machine.write("gatehouse.toml", "site_name = \"From the file\"\npublic_url = \"https://file.example\"");
    let shown = async |machine: &Machine, arguments: &[&str], site: &str| {
        let host = machine.serve_with(arguments).await;
        let page = Client::through(site, &host.address).get("/signin").await;
        assert_eq!(page.status, 200, "{site}: {}", page.body);
        page.body
    };
    assert!(shown(&machine, &[], "https://file.example").await.contains("From the file"));
    machine.set("GATEHOUSE_PUBLIC_URL", "https://variable.example");
    machine.set("GATEHOUSE_SITE_NAME", "From the variable");
    assert!(shown(&machine, &[], "https://variable.example").await.contains("From the variable"));
    shown(&machine, &["--public-url", "https://flag.example"], "https://flag.example").await;
}
