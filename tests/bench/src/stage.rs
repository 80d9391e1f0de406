//! Everything that runs while measuring: the simulated provider, the product, the reference.

use std::fs::{self, DirBuilder};
use std::net::SocketAddr;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use hyper::header::CONTENT_TYPE;
use hyper::{Request, StatusCode};
use tokio::process::Command;

use crate::browser::{Browser, Coding, START};
use crate::line::Line;
use crate::program::{Program, free_addresses};
use crate::{Options, Outcome, people};

/// How long a program may take to answer after it was started.
const PATIENCE: Duration = Duration::from_secs(20);

/// A program that people sign in to.
pub(crate) struct Site {
    pub(crate) address: SocketAddr,
    pub(crate) program: Program,
    pub(crate) provider: SocketAddr,
}

/// All of them.
pub(crate) struct Stage {
    pub(crate) product: Site,
    pub(crate) reference: Site,
    pub(crate) kit: Kit,
    simulator: Program,
}

/// What the product is started with.
pub(crate) struct Kit {
    folder: PathBuf,
    program: PathBuf,
    address: SocketAddr,
    provider: SocketAddr,
}

impl Stage {
    /// Lays out `folder`, seeds the product and starts everything.
    pub(crate) async fn set(options: &Options, folder: &Path) -> Outcome<Self> {
        let [provider, address, reference] = free_addresses()?;
        let kit = Kit { folder: folder.to_owned(), program: options.host.clone(), address, provider };
        let scenario = folder.join("scenario.json");
        fs::write(&scenario, serde_json::to_vec(&people::scenario(&[address, reference])?)?)?;
        let mut command = Command::new(&options.simulator);
        command.arg("--listen").arg(provider.to_string()).arg("--scenario").arg(&scenario);
        let mut simulator = Program::start("the simulator", &mut command, &kit.log("simulator"))?;
        answer_of(&mut simulator, provider, "/_sim/counters").await?;
        kit.seed(&options.library).await?;
        let (product, _) = kit.start().await?;
        let reference = start_reference(&options.reference, &kit, reference).await?;
        Ok(Self { product, reference, kit, simulator })
    }

    /// Makes the provider take `delay` for each of the two calls of a sign-in, or none.
    pub(crate) async fn delay_provider(&self, delay: Option<Duration>) -> Outcome<()> {
        let mut line = Line::open(self.kit.provider).await?;
        let clear = Request::delete("/_sim/faults").body(String::new())?;
        line.send(clear).await?.expect_status(StatusCode::NO_CONTENT, "clearing delays")?;
        for (delay, endpoint) in
            delay.into_iter().flat_map(|delay| [(delay, "user_access_token"), (delay, "contact_user")])
        {
            let fault = serde_json::json!({"endpoint": endpoint, "fault": {"delay_ms": delay.as_millis()}});
            let plan =
                Request::post("/_sim/faults").header(CONTENT_TYPE, "application/json").body(fault.to_string())?;
            line.send(plan).await?.expect_status(StatusCode::CREATED, "planning a delay")?;
        }
        Ok(())
    }

    /// Stops everything, the product last because others call it.
    pub(crate) async fn strike(self) -> Outcome<()> {
        self.reference.program.stop().await?;
        self.product.program.stop().await?;
        self.simulator.stop().await
    }
}

impl Site {
    pub(crate) async fn browser(&self, coding: Coding) -> Outcome<Browser> {
        Browser::open(self.address, self.provider, coding).await
    }
}

impl Kit {
    /// Starts the product; also how long it took from there to the first sign-in page with the button on it.
    pub(crate) async fn start(&self) -> Outcome<(Site, Duration)> {
        let started = Instant::now();
        let mut program = Program::start("gatehouse", self.command().arg("serve"), &self.log("gatehouse"))?;
        let page = answer_of(&mut program, self.address, "/signin").await?;
        let took = started.elapsed();
        if !String::from_utf8_lossy(&page).contains(START) {
            return Err("the first sign-in page has no DingTalk button".into());
        }
        Ok((Site { address: self.address, program, provider: self.provider }, took))
    }

    /// Puts the plug-in where an administrator would, and applies the seed to the empty database.
    async fn seed(&self, library: &Path) -> Outcome<()> {
        let plugins = self.folder.join("data/plugins");
        DirBuilder::new().recursive(true).mode(0o700).create(&plugins)?;
        self.run(&["plugin", "keygen", "--no-password", "--output"], &[&self.key()]).await?;
        self.pack(library, &plugins).await?;
        let public = fs::read_to_string(self.key().with_extension("pub"))?;
        let line = public.lines().nth(1).ok_or("the public key is empty")?;
        let configuration = format!("allow_loopback_upstreams = true\n[plugin_keys]\nbench = \"{line}\"\n");
        fs::write(self.folder.join("gatehouse.toml"), configuration)?;
        let seed = self.folder.join("seed.toml");
        fs::write(&seed, people::seed(self.provider)?)?;
        let mut command = self.command();
        let output = command.env("BENCH_CLIENT_SECRET", people::CLIENT_SECRET).arg("apply").arg("--file").arg(seed);
        let output = output.output().await.map_err(|error| format!("{}: {error}", self.program.display()))?;
        if output.status.success() {
            return Ok(());
        }
        Err(format!("gatehouse apply: {}", String::from_utf8_lossy(&output.stderr)).into())
    }

    /// Makes an administrator, and returns the password.
    pub(crate) async fn administrator(&self, username: &str) -> Outcome<String> {
        let output = self.command().args(["admin", "create", "--username", username]).output().await?;
        let said = String::from_utf8(output.stdout)?;
        let password = said.lines().find_map(|line| line.split_once("Password:"));
        Ok(password.ok_or("no password was printed")?.1.trim().to_owned())
    }

    /// A signed package of these bytes of a library.
    pub(crate) async fn package(&self, library: &[u8]) -> Outcome<Vec<u8>> {
        let (folder, file) = (self.folder.join("packages"), self.folder.join("release.so"));
        let _ = fs::remove_dir_all(&folder);
        fs::write(&file, library)?;
        self.pack(&file, &folder).await?;
        let made = fs::read_dir(&folder)?.next().ok_or("no package was made")??;
        Ok(fs::read(made.path())?)
    }

    /// Packs and signs a library into a folder, as its author does.
    async fn pack(&self, library: &Path, folder: &Path) -> Outcome<()> {
        let key = self.key().with_extension("key");
        let arguments: [&Path; 5] = [library, Path::new("--output"), folder, Path::new("--sign"), &key];
        self.run(&["plugin", "pack"], &arguments).await
    }

    fn key(&self) -> PathBuf {
        self.folder.join("bench")
    }

    async fn run(&self, command: &[&str], arguments: &[&Path]) -> Outcome<()> {
        let output = Command::new(&self.program).env_clear().args(command).args(arguments).output().await?;
        if output.status.success() {
            return Ok(());
        }
        Err(format!("gatehouse {}: {}", command.join(" "), String::from_utf8_lossy(&output.stderr)).into())
    }

    /// The product with its configuration, and nothing of the caller's environment.
    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.env_clear().arg("--config").arg(self.folder.join("gatehouse.toml"));
        command.arg("--data-dir").arg(self.folder.join("data"));
        command
            .arg("--listen")
            .arg(self.address.to_string())
            .arg("--public-url")
            .arg(format!("http://{}", self.address));
        command
    }

    fn log(&self, name: &str) -> PathBuf {
        self.folder.join(name).with_extension("log")
    }
}

/// Starts the reference with the product's own page and answer.
async fn start_reference(program: &Path, kit: &Kit, address: SocketAddr) -> Outcome<Site> {
    let (page, me) = (kit.folder.join("page.html"), kit.folder.join("me.json"));
    let mut browser = Browser::open(kit.address, kit.provider, Coding::Plain).await?;
    fs::write(&page, browser.page("/signin").await?.body)?;
    browser.sign_in(&people::id(0)).await?;
    fs::write(&me, browser.page("/api/v1/me").await?.body)?;
    let mut command = Command::new(program);
    command.env_clear().arg("--listen").arg(address.to_string()).arg("--page").arg(page).arg("--me").arg(me);
    command.arg("--provider").arg(format!("http://{}", kit.provider));
    command.arg("--client-id").arg(people::CLIENT_ID).arg("--client-secret").arg(people::CLIENT_SECRET);
    let mut program = Program::start("the reference", &mut command, &kit.log("reference"))?;
    answer_of(&mut program, address, "/signin").await?;
    Ok(Site { address, program, provider: kit.provider })
}

/// Waits until `program` answers to `path` with 200, and returns the body. It asks every 200 µs, so that a start of a
/// few milliseconds can be told from one of a few more.
async fn answer_of(program: &mut Program, address: SocketAddr, path: &str) -> Outcome<Vec<u8>> {
    let until = Instant::now() + PATIENCE;
    while Instant::now() < until {
        program.still_runs()?;
        if let Ok(mut line) = Line::open(address).await {
            let answer = line.send(Request::get(path).body(String::new())?).await?;
            if answer.status == StatusCode::OK {
                return Ok(answer.body.into());
            }
        }
        std::thread::sleep(Duration::from_micros(200));
    }
    Err(format!("there is no answer from {address}").into())
}
