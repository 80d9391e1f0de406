//! The router and the listening server.

use std::future::Future;
use std::net::SocketAddr;
use std::time::Duration;

use axum::extract::{DefaultBodyLimit, State};
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Router, middleware};
use http::{StatusCode, header};
use tokio::net::TcpListener;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};

use super::{gate, preferences};
use crate::app::App;
use crate::follow::follow_changes;
use crate::urls::route;
use crate::{api, audit, authenticators, home, keys, metrics, outage, plugins, signin, ui, users};

/// Largest body of a request, in bytes.
const LARGEST_BODY: usize = 1024 * 1024;
/// Responses smaller than this many bytes are not worth compressing.
const WORTH_COMPRESSING: u64 = 1024;
/// How long requests that are under way may take after the host was told to stop.
const FAREWELL: Duration = Duration::from_secs(30);

/// Everything that the host serves.
pub fn router(app: App) -> Router {
    let pages = Router::new()
        .merge(signin::handlers::routes())
        .merge(signin::client::handlers::routes())
        .merge(signin::explanation::handlers::routes())
        .merge(signin::rehearsal::handlers::routes())
        .merge(home::handlers::routes())
        .merge(authenticators::handlers::routes())
        .merge(keys::handlers::routes())
        .merge(plugins::handlers::routes())
        .merge(plugins::scripts::routes())
        .merge(users::handlers::routes())
        .merge(audit::handlers::routes())
        .merge(metrics::handlers::routes())
        .route(route::PREFERENCES, post(preferences::save))
        .route(route::ASSET, get(ui::assets::serve))
        .merge(api::routes());
    let base = app.base.path().trim_end_matches('/').to_owned();
    // Below a path, `nest` serves the home page without a slash at its end only.
    let front_door = || Router::new().route(&format!("{base}/"), get(home::handlers::show));
    let pages = if base.is_empty() { pages } else { front_door().nest(&base, pages) };
    // Pages of one language and theme differ little from each other and hold no secret, so compressing is safe.
    let worth = SizeAbove::new(WORTH_COMPRESSING).and(NotForContentType::IMAGES);
    pages
        .route("/livez", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(CatchPanicLayer::custom(|_| StatusCode::INTERNAL_SERVER_ERROR.into_response()))
        .layer(from_fn_with_state(app.clone(), gate::pass))
        .layer(CompressionLayer::new().compress_when(worth))
        .layer(middleware::map_response(no_banner))
        .with_state(app)
}

/// Loads the enabled plug-ins and serves until `stop` is ready, then lets requests that are under way come to their end.
///
/// # Errors
/// When the listening socket fails.
pub async fn serve(
    app: App,
    listener: TcpListener,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    if let Err(failure) = plugins::service::begin(&app).await {
        return Err(std::io::Error::other(failure));
    }
    let watched = tokio::spawn(plugins::service::watch(app.clone()));
    let follower = tokio::spawn(follow_changes(app.clone()));
    let watch = tokio::spawn(outage::watch(app.clone()));
    let service = router(app).into_make_service_with_connect_info::<SocketAddr>();
    let (told, mut asked) = tokio::sync::watch::channel(false);
    let stop = async move {
        stop.await;
        let _ = told.send(true);
    };
    let farewell = async move {
        let _ = asked.changed().await;
        tokio::time::sleep(FAREWELL).await;
    };
    let outcome = tokio::select! {
        outcome = async { axum::serve(listener, service).with_graceful_shutdown(stop).await } => outcome,
        () = farewell => Ok(()),
    };
    follower.abort();
    watch.abort();
    watched.abort();
    outcome
}

async fn ready(State(app): State<App>) -> Response {
    match app.store.ping().await {
        Ok(()) => "ready\n".into_response(),
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

/// No response tells what made it (ASVS 13.4.6).
async fn no_banner(mut response: Response) -> Response {
    response.headers_mut().remove(header::SERVER);
    response
}
