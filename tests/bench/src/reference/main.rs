//! What Gatehouse is compared with: the least that an axum program can do for the same sign-in.
//!
//! It serves the bytes of Gatehouse's own sign-in page, keeps attempts and sessions in maps that are gone when it
//! ends, makes the same two calls to the provider, and checks nothing that is not needed for the figures: no database,
//! no plug-in, no journal, no second language. So a ratio of 1 is out of reach for anything that is safe to use, and
//! that is the point: it shows what the rest costs.

mod pages;
mod provider;
mod state;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};
use clap::Parser;
use tokio::net::TcpListener;

use provider::Provider;
use state::State;

/// The reference program of the benchmark; on loopback, until it is stopped.
#[derive(Parser)]
#[command(name = "bench-reference")]
struct Options {
    /// Address to listen on.
    #[arg(long)]
    listen: SocketAddr,
    /// File with the sign-in page.
    #[arg(long)]
    page: PathBuf,
    /// File with the answer of `/api/v1/me`.
    #[arg(long)]
    me: PathBuf,
    /// Base address of the simulated DingTalk.
    #[arg(long)]
    provider: String,
    /// Client ID at the provider.
    #[arg(long)]
    client_id: String,
    /// Client Secret at the provider.
    #[arg(long)]
    client_secret: String,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Options::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench-reference: {error}");
            ExitCode::FAILURE
        }
    }
}

#[expect(clippy::print_stdout, reason = "the line on standard output tells the starter that it may begin")]
async fn run(options: Options) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let listener = TcpListener::bind(options.listen).await?;
    let address = listener.local_addr()?;
    if !address.ip().is_loopback() {
        return Err("this program checks nothing, so it listens on loopback only".into());
    }
    let callback = format!("http://{address}/signin/dingtalk/callback");
    let provider = Provider::new(options.provider, options.client_id, options.client_secret, callback)?;
    let state = State::new(std::fs::read(options.page)?, std::fs::read(options.me)?, provider);
    let router = Router::new()
        .route("/signin", get(pages::sign_in))
        .route("/signin/dingtalk/start", post(pages::start))
        .route("/signin/dingtalk/callback", get(pages::callback))
        .route("/", get(pages::home))
        .route("/api/v1/me", get(pages::me))
        .with_state(Arc::new(state));
    println!("bench-reference listening on {address}");
    axum::serve(listener, router).await?;
    Ok(())
}
