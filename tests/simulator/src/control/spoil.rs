//! The console's form that plans a fault, for people who want to see a bad day.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::response::Redirect;
use maud::{Markup, html};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::endpoint::Endpoint;
use crate::faults::{Fault, Preset};
use crate::front::Pairs;
use crate::pages::Tongue;
use crate::world::World;

/// Where, what and how often; and the way out of it.
pub(super) fn form(tongue: Tongue) -> Markup {
    html! {
        form.row method="post" action="/_sim/console/faults" {
            select name="endpoint" aria-label=(tongue.say("Interface", "接口")) {
                option value="" { (tongue.say("any interface", "所有接口")) }
                @for endpoint in Endpoint::ALL { (choice(endpoint)) }
            }
            select name="preset" aria-label=(tongue.say("Answer", "应答")) {
                @for preset in Preset::ALL { (choice(preset)) }
            }
            select name="times" aria-label=(tongue.say("How often", "次数")) {
                option value="1" { (tongue.say("once", "一次")) }
                option value="" { (tongue.say("until removed", "直到清除")) }
            }
            button type="submit" { (tongue.say("Go wrong", "触发故障")) }
            button type="submit" name="clear" value="yes" { (tongue.say("Forget all faults", "清除全部故障")) }
        }
    }
}

/// Plans a fault or forgets all: fields `endpoint`, `preset`, `times`, `clear`.
pub(super) async fn plan(State(world): State<Arc<World>>, body: Bytes) -> Redirect {
    let form = Pairs::parse(&body);
    if form.filled("clear").is_some() {
        world.faults.clear();
    } else if let Some(preset) = form.filled("preset").and_then(named::<Preset>) {
        let times = form.filled("times").and_then(|times| times.parse().ok());
        let fault = Fault { times, preset: Some(preset), ..Fault::default() };
        world.faults.add(form.filled("endpoint").and_then(named::<Endpoint>), fault);
    }
    Redirect::to("/_sim/")
}

fn choice(value: impl Serialize) -> Markup {
    let value = serde_json::to_value(value).unwrap_or_default();
    let name = value.as_str().unwrap_or_default();
    html! { option value=(name) { (name) } }
}

fn named<T: DeserializeOwned>(name: &str) -> Option<T> {
    serde_json::from_value(Value::from(name)).ok()
}
