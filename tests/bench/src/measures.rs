//! What is measured, in which order, and what it should be.

use std::path::Path;
use std::time::Duration;

use clap::ValueEnum;

use crate::browser::Coding;
use crate::load::{Amount, Work};
use crate::numbers::median;
use crate::people::PEOPLE;
use crate::report::{Report, Row, figure};
use crate::stage::Stage;
use crate::{Options, Outcome, REST, crowd, door, load, loading, size, turns, weight};

/// What can be asked for alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Measure {
    SignIn,
    Check,
    Page,
    Crowd,
    Memory,
    Start,
    Library,
    Weight,
    Door,
    Loading,
    Turns,
}

/// How much is done for each figure.
pub(crate) struct Effort {
    rounds: usize,
    sign_ins: usize,
    checks: usize,
    pages: usize,
    waves: usize,
    starts: usize,
    calls: u32,
    copies: usize,
    toggles: usize,
    upgrades: usize,
    /// For everything.
    pub(crate) limit: Duration,
}

impl Effort {
    pub(crate) const FULL: Self = Self {
        rounds: 5,
        sign_ins: 2_000,
        checks: 40_000,
        pages: 10_000,
        waves: 3,
        starts: 10,
        calls: 20_000,
        copies: 50,
        toggles: 1_000,
        upgrades: 200,
        limit: Duration::from_secs(900),
    };
    pub(crate) const QUICK: Self = Self {
        rounds: 3,
        sign_ins: 500,
        checks: 10_000,
        pages: 3_000,
        waves: 1,
        starts: 5,
        calls: 5_000,
        copies: 10,
        toggles: 40,
        upgrades: 10,
        limit: Duration::from_secs(120),
    };
}

/// Measures what the options ask for.
pub(crate) async fn all(options: &Options, effort: &Effort, folder: &Path) -> Outcome<Report> {
    let wanted = |measure| options.only.is_empty() || options.only.contains(&measure);
    let mut report = Report::default();
    let stage = Stage::set(options, folder).await?;
    if wanted(Measure::Memory) {
        memory(&stage, "idle memory after the start (PSS)", &mut report).await?;
    }
    for (measure, work) in [(Measure::SignIn, Work::SignIn), (Measure::Check, Work::Check), (Measure::Page, Work::Page)]
    {
        if wanted(measure) {
            processor(&stage, work, effort, &mut report).await?;
        }
    }
    if wanted(Measure::Crowd) {
        at_once(&stage, effort, &mut report).await?;
    }
    if wanted(Measure::Memory) {
        memory(&stage, "idle memory after the load (PSS)", &mut report).await?;
    }
    if wanted(Measure::Turns) {
        take_turns(&stage, options, effort, &mut report).await?;
    }
    if wanted(Measure::Weight) {
        page_weight(&stage, &mut report).await?;
    }
    if wanted(Measure::Start) {
        starts(stage, effort, &mut report).await?;
    } else {
        stage.strike().await?;
    }
    if wanted(Measure::Library) {
        library(&options.library, &mut report)?;
    }
    if wanted(Measure::Loading) {
        letting_in(options, effort, folder, &mut report)?;
    }
    if wanted(Measure::Door) {
        doors(&options.library, effort, &mut report).await?;
    }
    Ok(report)
}

async fn processor(stage: &Stage, work: Work, effort: &Effort, report: &mut Report) -> Outcome<()> {
    let (name, operations, target) = match work {
        Work::SignIn => ("CPU per sign-in", effort.sign_ins, 4.0),
        Work::Check => ("CPU per session check", effort.checks, 2.0),
        Work::Page => ("CPU per sign-in page", effort.pages, 2.0),
    };
    let amount = Amount { rounds: effort.rounds, operations };
    // An answer of the API is too small for compression to be worth anything.
    let codings: &[_] = if work == Work::Check { &[Coding::Plain] } else { &[Coding::Plain, Coding::Gzip] };
    for &coding in codings {
        let compared = load::compare(stage, work, coding, amount).await?;
        let asked = if coding == Coding::Gzip { ", gzip asked for" } else { "" };
        let row = Row::compared(format!("{name}{asked}"), compared.product, compared.reference, "µs");
        report.row(row.ratio_at_most(target));
    }
    Ok(())
}

async fn at_once(stage: &Stage, effort: &Effort, report: &mut Report) -> Outcome<()> {
    let (product, reference) = crowd::compare(stage, effort.waves).await?;
    let sign_ins = format!("{PEOPLE} sign-ins at once");
    report.row(Row::compared(format!("{sign_ins}, added p50"), product.added_p50, reference.added_p50, "ms"));
    let p99 = Row::compared(format!("{sign_ins}, added p99"), product.added_p99, reference.added_p99, "ms");
    report.row(p99.ratio_at_most(2.0));
    let failed = format!("{} (reference: {})", product.failed, reference.failed);
    report.row(
        Row::new(format!("{sign_ins}, failed in {} waves", effort.waves), failed).wanted("0", product.failed == 0),
    );
    for reason in [product.reason, reference.reason].into_iter().flatten() {
        report.note(format!("A sign-in failed: {reason}"));
    }
    Ok(())
}

async fn memory(stage: &Stage, name: &str, report: &mut Report) -> Outcome<()> {
    tokio::time::sleep(REST).await;
    let (product, reference) = (stage.product.program.memory()?, stage.reference.program.memory()?);
    let row = Row::compared(name, product as f64 / 1024.0, reference as f64 / 1024.0, "MiB");
    report.row(row.wanted("≤ 30 MB", product * 1024 <= 30_000_000));
    Ok(())
}

async fn page_weight(stage: &Stage, report: &mut Report) -> Outcome<()> {
    let weight = weight::measure(stage.product.address, stage.product.provider).await?;
    let row = Row::new("sign-in page and all it loads, compressed", figure(weight.total() as f64 / 1000.0, "kB"));
    report.row(row.wanted("< 30 kB", weight.total() < 30_000));
    let foreign = weight.foreign.len();
    report.row(Row::new("other origins it loads from", foreign.to_string()).wanted("0", foreign == 0));
    let files: Vec<_> = weight.files.iter().map(|(path, bytes)| format!("{path} {bytes}")).collect();
    report.note(format!("Loaded by the sign-in page, bytes on the wire: {}.", files.join(", ")));
    report.note(weight.foreign.iter().map(|origin| format!("Loaded from {origin}. ")).collect::<String>());
    Ok(())
}

/// Takes the stage down, and starts the product over and over on the data that all the sign-ins left.
async fn starts(stage: Stage, effort: &Effort, report: &mut Report) -> Outcome<()> {
    let Stage { product, kit, .. } = stage;
    product.program.stop().await?;
    let mut times = Vec::new();
    for _ in 0..effort.starts {
        let (site, took) = kit.start().await?;
        times.push(took.as_secs_f64() * 1e3);
        site.program.stop().await?;
    }
    let took = median(times);
    let row = Row::new(format!("start to first answer, {PEOPLE} users stored"), figure(took, "ms"));
    report.row(row.wanted("≤ 50 ms", took <= 50.0));
    Ok(())
}

fn library(path: &Path, report: &mut Report) -> Outcome<()> {
    let bytes = size(path)?;
    let row = Row::new("plug-in library, stripped", figure(bytes as f64 / 1000.0, "kB"));
    report.row(row.wanted("< 1 MB", bytes < 1_000_000));
    Ok(())
}

async fn take_turns(stage: &Stage, options: &Options, effort: &Effort, report: &mut Report) -> Outcome<()> {
    let turns = turns::measure(stage, &options.chameleon, effort.toggles, effort.upgrades).await?;
    let beside = |[count, failed]: [usize; 2]| format!("{failed} of {count}");
    let row = Row::new(format!("sign-ins that failed beside {} toggles", effort.toggles), beside(turns.toggling));
    report.row(row.wanted("0", turns.toggling[1] == 0));
    let row = Row::new(format!("sign-ins that failed beside {} upgrades", effort.upgrades), beside(turns.upgrading));
    report.row(row.wanted("0", turns.upgrading[1] == 0));
    report.row(Row::new(
        "growth of the host per upgrade, just afterwards, heap included (PSS)",
        figure(turns.kib_per_copy / 1024.0, "MiB"),
    ));
    Ok(())
}

fn letting_in(options: &Options, effort: &Effort, folder: &Path, report: &mut Report) -> Outcome<()> {
    let loading = loading::measure(options, folder, effort.copies)?;
    let both = loading.trial + loading.load;
    let row = Row::new("plug-in library, trial and loading", figure(both, "ms"));
    report.row(row.wanted("< 150 ms", both < 150.0));
    let row =
        Row::new("plug-in library, memory of each further copy (PSS)", figure(loading.kib_per_copy / 1024.0, "MiB"));
    report.row(row);
    report.note(format!("Of it, the trial takes {}.", figure(loading.trial, "ms")));
    Ok(())
}

async fn doors(path: &Path, effort: &Effort, report: &mut Report) -> Outcome<()> {
    for door in door::measure(path, effort.rounds, effort.calls).await? {
        let name = format!("one call across the door ({}), against native", door.call);
        let more = (door.library - door.native) / 1e3;
        let row = Row::compared(name, door.library / 1e3, door.native / 1e3, "µs");
        report.row(row.wanted(&format!("≤ 10 µs more: {more:.1}"), more <= 10.0));
    }
    Ok(())
}
