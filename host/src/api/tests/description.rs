//! The document says what is there, completely and without secrets.

use std::collections::BTreeSet;

use serde_json::Value;

use super::house::House;

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// The document as JSON, without the host around it.
pub(super) fn document() -> Value {
    let (_, description) = crate::api::resources().split_for_parts();
    serde_json::to_value(description).expect("a document")
}

/// Every operation: method in capitals, path, description.
pub(super) fn operations(document: &Value) -> Vec<(String, String, &Value)> {
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().expect("paths") {
        for method in METHODS.iter().filter(|method| item.get(**method).is_some()) {
            found.push((method.to_uppercase(), path.clone(), &item[*method]));
        }
    }
    found
}

fn schema<'a>(document: &'a Value, reference: &Value) -> &'a Value {
    let pointer =
        reference["$ref"].as_str().unwrap_or_else(|| panic!("no reference: {reference}")).trim_start_matches('#');
    document.pointer(pointer).unwrap_or_else(|| panic!("{pointer} is not there"))
}

#[test]
fn every_operation_tells_what_it_is_and_how_it_ends() {
    let document = document();
    let mut ids = BTreeSet::new();
    for (method, path, operation) in operations(&document) {
        let id = operation["operationId"].as_str().expect("an id");
        assert!(ids.insert(id), "{id} is there twice");
        assert!(operation["summary"].is_string() && operation["tags"][0].is_string(), "{method} {path}");
        let responses = operation["responses"].as_object().expect("responses");
        assert!(responses.keys().any(|status| status.starts_with('2')), "{method} {path}");
        for (status, response) in responses.iter().filter(|(status, _)| status.starts_with('4')) {
            let reference = &response["content"]["application/json"]["schema"];
            assert_eq!(reference["$ref"], "#/components/schemas/ErrorBody", "{method} {path} {status}");
        }
        let takes_parameters = path.matches('{').count();
        let declared = operation["parameters"].as_array().map_or(0, |all| {
            all.iter().filter(|parameter| parameter["in"] == "path" && parameter["description"].is_string()).count()
        });
        assert_eq!(takes_parameters, declared, "{method} {path}");
    }
}

#[test]
fn bodies_take_no_unknown_fields_and_passwords_are_write_only() {
    let document = document();
    let mut bodies = 0;
    for (method, path, operation) in operations(&document) {
        let Some(body) = operation.get("requestBody") else { continue };
        let reference = &body["content"]["application/json"]["schema"];
        // One that may be left out is "nothing, or this".
        let either = reference["oneOf"].as_array().and_then(|all| all.iter().find(|one| one.get("$ref").is_some()));
        let schema = schema(&document, either.unwrap_or(reference));
        assert_eq!(schema["additionalProperties"], false, "{method} {path}");
        for (name, property) in schema["properties"].as_object().expect("properties") {
            if ["password", "current", "new"].contains(&name.as_str()) {
                assert!(property["writeOnly"] == true && property["format"] == "password", "{method} {path} {name}");
            }
        }
        bodies += 1;
    }
    assert_eq!(bodies, 14);
}

#[test]
fn every_property_is_described() {
    let document = document();
    for (name, schema) in document["components"]["schemas"].as_object().expect("schemas") {
        assert!(schema["description"].is_string(), "{name}");
        for (field, property) in schema["properties"].as_object().into_iter().flatten() {
            let described = [property, &property["oneOf"][0]].iter().any(|it| it["description"].is_string());
            assert!(described, "{name}.{field}");
        }
    }
}

#[tokio::test]
async fn it_is_served_to_everybody_and_names_the_base() {
    let house = House::new().await;
    let answer = house.ask("GET", "/api/v1/openapi.json", "", "").await;
    assert_eq!(answer.outcome(), (200, ""));
    assert_eq!(answer.body["servers"][0]["url"], "/gate");
    assert_eq!(answer.body["paths"], document()["paths"]);
    assert_eq!(answer.body["components"]["securitySchemes"]["session"]["name"], "__Host-gatehouse");
    assert_eq!(house.ask("GET", "/api/v1/openapi.json", "", "").await.text, answer.text);
}
