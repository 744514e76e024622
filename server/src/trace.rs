//! `kubehop trace`: one question, or a batch of them, to a cluster or to files.

#[cfg(test)]
mod tests;
mod text;

use std::io::{BufRead as _, IsTerminal as _, Write};
use std::path::Path;

use topology::ask::{Target, Unanswerable, arrives, trace};
use topology::coverage::Coverage;
use topology::index::Index;
use topology::resolve::{Cluster, Source};
use topology::trace::Trace;
use topology::wire::AccessProblem;
use words::Words;

use crate::cli::{Output, TraceArgs};
use crate::connect::english;
use crate::contexts::{Contexts, Lease, Options};
use crate::dump::{Dump, DumpError};
use crate::proxy::ProxyFlags;
use crate::serve::{ServeError, choose};

/// Why there is no answer: the exit code is 2.
#[derive(Debug, thiserror::Error)]
pub enum TraceError {
    /// What was asked for cannot be done; the text names the flag and what to do about it.
    #[error("{0}")]
    BadInput(String),
    /// The files are no cluster.
    #[error(transparent)]
    Dump(#[from] DumpError),
    /// There is no such cluster.
    #[error(transparent)]
    Cluster(#[from] ServeError),
    /// The cluster cannot be read.
    #[error("{}", english(.0))]
    Unreachable(AccessProblem),
    /// The answer cannot be written, or the questions cannot be read.
    #[error("{0}")]
    Io(#[from] std::io::Error),
}

impl TraceError {
    /// What is wrong, for a reader of this language.
    pub fn text(&self, words: &Words) -> String {
        match self {
            Self::Cluster(error) => error.text(words),
            Self::Unreachable(problem) => words.access_problem(problem),
            Self::BadInput(_) | Self::Dump(_) | Self::Io(_) => self.to_string(),
        }
    }
}

/// One question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// From where.
    pub from: Source,
    /// To where.
    pub to: Target,
    /// On which Node only.
    pub node: Option<String>,
}

impl Question {
    /// Parses the texts. `names` are what the texts are called in errors: flags, or parameters.
    ///
    /// # Errors
    ///
    /// A text is none that it can be; the error names it and what would be right.
    pub fn parse(names: [&str; 2], from: &str, to: &str, node: Option<&str>) -> Result<Self, String> {
        Ok(Self {
            from: from.parse().map_err(|wrong| format!("{} {from}: {wrong}", names[0]))?,
            to: to.parse().map_err(|wrong| format!("{} {to}: {wrong}", names[1]))?,
            node: node.filter(|node| !node.is_empty()).map(str::to_owned),
        })
    }

    /// Answers. `names` are what source and Node are called in errors.
    ///
    /// # Errors
    ///
    /// The source or the Node does not exist.
    pub fn answer(&self, cluster: Cluster<'_>, names: [&str; 2]) -> Result<Trace, String> {
        trace(cluster, &self.from, &self.to, self.node.as_deref()).map_err(|unanswerable| match unanswerable {
            Unanswerable::From(wrong) => format!("{}: {wrong}", names[0]),
            Unanswerable::Node(wrong) => format!("{}: {wrong}", names[1]),
        })
    }

    /// The answer as `kubehop trace` prints it, without colours; of the index that it was made of.
    pub fn shown(&self, trace: &Trace, index: &Index) -> String {
        text::Shown { trace, question: self, index, colours: false }.to_string()
    }
}

/// What the flags are called.
const FLAGS: [&str; 2] = ["--from", "--to"];
const NAMED: [&str; 2] = ["--from", "--node"];
/// Exit codes (design §4.1).
const ARRIVES: u8 = 0;
const BROKEN: u8 = 1;
const BAD_INPUT: u8 = 2;

/// Answers, prints, and returns the exit code.
///
/// # Errors
///
/// There is no answer; see [`TraceError`].
pub async fn run(args: TraceArgs) -> Result<u8, TraceError> {
    let flags = args.proxy.flags().map_err(TraceError::BadInput)?;
    args.proxy.remark().iter().for_each(|remark| eprintln!("kubehop: {remark}"));
    let asked = Asked::of(&args)?;
    let printed = if args.files.is_empty() {
        let lease = connect(&args, flags).await?;
        lease.with_view(|view| {
            asked.print(Cluster { index: view.index, coverage: view.coverage, settings: view.settings })
        })
    } else {
        let dump = Dump::read(&args.files)?;
        let (settings, complaints) = flags.settings(dump.proxy.as_ref());
        complaints.iter().chain(&dump.remarks()).for_each(|remark| eprintln!("kubehop: {remark}"));
        asked.print(Cluster { index: &dump.index, coverage: &Coverage::complete(), settings: &settings })
    };
    match printed {
        // Whoever reads the answer has seen enough.
        Err(TraceError::Io(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(ARRIVES),
        printed => printed,
    }
}

/// Connects to the cluster that the flags choose, and waits until it is known.
async fn connect(args: &TraceArgs, proxy: ProxyFlags) -> Result<Lease, TraceError> {
    let chosen = choose(&args.cluster)?;
    let options = Options { namespaces: args.cluster.namespaces.clone(), proxy, ..Options::default() };
    let contexts = Contexts::new(chosen.clusters, options);
    let lease = contexts.open(None).map_err(|unknown| TraceError::BadInput(unknown.to_string()))?;
    lease.settled_or_failed().await.map_err(TraceError::Unreachable)?;
    Ok(lease)
}

/// A line of a batch: its number from 1, and its question or what is wrong with it.
type Line = (usize, Result<Question, String>);

/// What is to be answered, and how it is printed.
enum Asked {
    One(Question, Output),
    Batch(Vec<Line>),
}

impl Asked {
    fn of(args: &TraceArgs) -> Result<Self, TraceError> {
        if let Some(file) = &args.batch {
            if is_stdin(file) && args.files.iter().any(|file| is_stdin(file)) {
                return Err(TraceError::BadInput("--batch - and -f -: stdin can be one of them only".to_owned()));
            }
            return Ok(Self::Batch(batch(file)?));
        }
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let question = Question::parse(FLAGS, &text(&args.from), &text(&args.to), args.node.as_deref());
        Ok(Self::One(question.map_err(TraceError::BadInput)?, args.output))
    }

    fn print(&self, cluster: Cluster<'_>) -> Result<u8, TraceError> {
        let stdout = std::io::stdout();
        let colours = stdout.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|no| no.is_empty());
        let mut out = std::io::BufWriter::new(stdout.lock());
        let code = match self {
            Self::One(question, output) => {
                let trace = question.answer(cluster, NAMED).map_err(TraceError::BadInput)?;
                match output {
                    Output::Json => writeln!(out, "{}", json(&trace, serde_json::to_string_pretty)?)?,
                    Output::Text => {
                        write!(out, "{}", text::Shown { trace: &trace, question, index: cluster.index, colours })?
                    }
                }
                if arrives(&trace) { ARRIVES } else { BROKEN }
            }
            Self::Batch(questions) => {
                let mut worst = ARRIVES;
                for (line, question) in questions {
                    let answer = question.clone().and_then(|question| question.answer(cluster, ["SRC", "NODE"]));
                    let code = match answer {
                        Ok(trace) => {
                            writeln!(out, "{}", json(&trace, serde_json::to_string)?)?;
                            if arrives(&trace) { ARRIVES } else { BROKEN }
                        }
                        Err(error) => {
                            let error = serde_json::json!({ "line": line, "error": error });
                            writeln!(out, "{error}")?;
                            BAD_INPUT
                        }
                    };
                    worst = worst.max(code);
                }
                worst
            }
        };
        out.flush()?;
        Ok(code)
    }
}

fn json(trace: &Trace, encode: impl FnOnce(&Trace) -> serde_json::Result<String>) -> Result<String, TraceError> {
    encode(trace).map_err(|error| TraceError::Io(error.into()))
}

/// The questions of a batch, each with its line; empty lines and those that begin with `#` are none.
fn batch(file: &Path) -> Result<Vec<Line>, TraceError> {
    let failed = |error: std::io::Error| TraceError::BadInput(format!("--batch {}: {error}", file.display()));
    let lines: Vec<String> = if is_stdin(file) {
        std::io::stdin().lock().lines().collect::<Result<_, _>>().map_err(failed)?
    } else {
        std::fs::read_to_string(file).map_err(failed)?.lines().map(str::to_owned).collect()
    };
    let asked = |(number, line): (usize, &String)| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let question = match words.as_slice() {
            [] => return None,
            [first, ..] if first.starts_with('#') => return None,
            [from, to] => Question::parse(["SRC", "DST"], from, to, None),
            [from, to, node] => Question::parse(["SRC", "DST"], from, to, Some(node)),
            _ => Err(format!("`{line}` is not SRC DST [NODE]")),
        };
        Some((number, question))
    };
    Ok((1..).zip(&lines).filter_map(asked).collect())
}

fn is_stdin(file: &Path) -> bool {
    file == Path::new("-")
}
