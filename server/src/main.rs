//! The binary `kubehop`.

use std::io::IsTerminal as _;
use std::process::ExitCode;
use std::sync::mpsc;
use std::time::Duration;

use anyhow::Context as _;
use clap::Parser as _;
use server::cli::{Cli, Command, Output, locale_language};
use server::printable::{self, LogWriter};
use server::serve::ServeError;
use server::trace::TraceError;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;
use tracing_subscriber::EnvFilter;

/// Exit code of bad input (design §4.1).
const BAD_INPUT: u8 = 2;
/// Exit code of a server that was told to stop and hung.
const HUNG: u8 = 1;
/// How long after a signal the process ends, whatever hangs. The connections have three seconds of this.
const LAST_RESORT: Duration = Duration::from_millis(4300);

fn main() -> ExitCode {
    let command = Cli::parse().command();
    // stdout is for the lines that scripts wait for. kube says each failed try; the contexts say what is wrong, once.
    // A trace says itself what is wrong.
    let (filter, format) = match &command {
        Command::Serve(args) => ("info,kube_client=off,kube_runtime=off", args.log_format),
        Command::Trace(_) | Command::Doctor(_) => ("off", Output::Text),
    };
    let filter = log_filter(std::env::var(EnvFilter::DEFAULT_ENV).ok()).unwrap_or_else(|| EnvFilter::new(filter));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_target(false);
    match format {
        Output::Text => log.with_ansi(std::io::stderr().is_terminal()).with_writer(|| LogWriter).init(),
        Output::Json => log.with_writer(std::io::stderr).json().flatten_event(true).init(),
    }
    let language = match &command {
        Command::Trace(args) => args.language(),
        Command::Serve(_) | Command::Doctor(_) => locale_language(),
    };
    match run(command) {
        Ok(code) => code,
        Err(error) => {
            let words = language.words();
            let (text, code) = match (error.downcast_ref::<ServeError>(), error.downcast_ref::<TraceError>()) {
                (Some(error @ ServeError::BadInput(_)), _) => (error.text(words), ExitCode::from(BAD_INPUT)),
                (Some(error), _) => (error.text(words), ExitCode::FAILURE),
                (None, Some(error)) => (error.text(words), ExitCode::from(BAD_INPUT)),
                (None, None) => (format!("{error:#}"), ExitCode::FAILURE),
            };
            eprintln!("kubehop: {}", printable::lines(&text));
            code
        }
    }
}

/// The filter that the environment names. kube writes whole answers of an API server into its log, so it is off unless it is named.
fn log_filter(named: Option<String>) -> Option<EnvFilter> {
    let named = named?;
    let quiet = if named.contains("kube_client") { "" } else { ",kube_client=off" };
    EnvFilter::try_new(format!("{named}{quiet}")).ok()
}

/// The token that SIGTERM and SIGINT cancel. The thread that waits for them does nothing else, so that nothing keeps it from ending the process
/// if the server does not end by itself.
fn on_signal() -> anyhow::Result<CancellationToken> {
    let stop = CancellationToken::new();
    let told = stop.clone();
    let (ready, begun) = mpsc::channel();
    let wait = move || {
        let waiting = async {
            let (mut terminate, mut interrupt) = (signal(SignalKind::terminate())?, signal(SignalKind::interrupt())?);
            // The receiver waits for it.
            let _ = ready.send(());
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            std::io::Result::Ok(())
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        if runtime.and_then(|runtime| runtime.block_on(waiting)).is_ok() {
            told.cancel();
            std::thread::sleep(LAST_RESORT);
            tracing::error!("something hangs: the process ends without it");
            std::process::exit(i32::from(HUNG));
        }
    };
    std::thread::Builder::new().name("signals".to_owned()).spawn(wait).context("cannot start")?;
    // An error means that the signals cannot be waited for.
    begun.recv().context("cannot wait for signals")?;
    Ok(stop)
}

fn run(command: Command) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("cannot start")?;
    let done = runtime.block_on(async {
        match command {
            Command::Serve(args) => {
                let stop = on_signal()?;
                server::serve::serve(*args, stop.cancelled_owned()).await?;
                Ok(ExitCode::SUCCESS)
            }
            Command::Doctor(args) => Ok(ExitCode::from(server::doctor::run(*args).await?)),
            Command::Trace(args) => Ok(ExitCode::from(server::trace::run(*args).await?)),
        }
    });
    // What still runs (a file read, a name lookup) must not hold the exit up. Tasks are dropped, and with them the plugins that they run.
    runtime.shutdown_timeout(Duration::from_millis(500));
    done
}
