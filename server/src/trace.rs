//! `kubehop trace`: one question, or a batch of them, to a cluster or to files.

#[cfg(test)]
mod tests;

use std::fmt;
use std::io::{BufRead as _, IsTerminal as _, Write};
use std::path::{Path, PathBuf};

use topology::cluster::view::Cluster;
use topology::path::answer::{Remark, Trace};
use topology::path::document::TraceDocument;
use topology::path::trace::arrives;
use topology::wire::AccessProblem;
use words::{Language, Words};

use crate::cli::{Output, TraceArgs};
use crate::contexts::{ContextLease, Contexts, UnknownContext};
use crate::dump::{Dump, DumpError};
use crate::live::Options;
use crate::printable;
use crate::proxy::{FlagError, ProxyFlags};
use crate::question::{AskError, Question};
use crate::serve::{ServeError, choose};

/// Why there is no answer: the exit code is 2.
#[derive(Debug, thiserror::Error)]
pub enum TraceError {
    /// A flag about kube-proxy's settings is wrong.
    Flag(#[from] FlagError),
    /// stdin is to be the questions and the cluster.
    StdinTwice,
    /// The questions of a batch cannot be read.
    Batch {
        /// The value of `--batch`.
        file: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// There is no such context.
    Context(#[from] UnknownContext),
    /// What is asked cannot be read, or names what does not exist.
    Question(#[from] AskError),
    /// The files are no cluster.
    Dump(#[from] DumpError),
    /// There is no such cluster.
    Cluster(#[from] ServeError),
    /// The cluster cannot be read.
    Unreachable(AccessProblem),
    /// The answer cannot be written, or the questions cannot be read.
    Io(#[from] std::io::Error),
}

impl TraceError {
    /// What is wrong, for a reader of this language. What the system and the parser of files say is in English.
    pub fn text(&self, words: &Words) -> String {
        match self {
            Self::Flag(error) => error.text(words),
            Self::StdinTwice => words.error_stdin_twice(),
            Self::Batch { file, error } => {
                words.error_in_text("--batch", file.display().to_string(), error.to_string())
            }
            Self::Question(error) => printable::line(&error.text(words)).into_owned(),
            Self::Context(error) => error.text(words),
            Self::Dump(error) => error.text(words),
            Self::Cluster(error) => error.text(words),
            Self::Unreachable(problem) => words.access_problem(problem),
            Self::Io(error) => error.to_string(),
        }
    }
}

/// In English.
impl fmt::Display for TraceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text(Language::English.words()))
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
    let flags = args.proxy.flags()?;
    let words = args.language().words();
    args.proxy.remark(words).iter().for_each(|remark| say(remark));
    let questions = Questions::of(&args)?;
    let printed = if args.files.is_empty() {
        let lease = connect(&args, flags).await?;
        lease.with_view(|view| {
            questions.print(Cluster { index: view.index, coverage: view.coverage, settings: view.settings }, &[])
        })
    } else {
        let dump = Dump::read(&args.files)?;
        let (settings, complaints) = flags.settings(dump.proxy.as_ref());
        let settings = settings.recognised(&dump.index);
        complaints.iter().for_each(|complaint| say(&complaint.text(words)));
        dump.messages(words).iter().for_each(|message| say(message));
        let coverage = dump.coverage();
        questions.print(Cluster { index: &dump.index, coverage: &coverage, settings: &settings }, &dump.remarks())
    };
    match printed {
        // Whoever reads the answer has seen enough.
        Err(TraceError::Io(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(ARRIVES),
        printed => printed,
    }
}

/// Prints a message beside the answer.
fn say(message: &str) {
    eprintln!("kubehop: {}", printable::line(message));
}

/// Connects to the cluster that the flags choose, and waits until it is known.
async fn connect(args: &TraceArgs, proxy: ProxyFlags) -> Result<ContextLease, TraceError> {
    let chosen = choose(&args.cluster)?;
    let options = Options { namespaces: args.cluster.namespaces.clone(), proxy, ..Options::default() };
    let contexts = Contexts::new(chosen.clusters, options);
    let lease = contexts.open(None)?;
    lease.settled_or_failed().await.map_err(TraceError::Unreachable)?;
    Ok(lease)
}

/// A line of a batch: its number from 1, and its question or what is wrong with it.
type Line = (usize, Result<Question, AskError>);

/// What is to be answered, and how it is printed.
enum Questions {
    /// One question, answered in this form and in the language of these texts.
    One(Question, Output, &'static Words),
    /// Many questions, answered as JSON with sentences of these texts.
    Batch(Vec<Line>, &'static Words),
}

impl Questions {
    fn of(args: &TraceArgs) -> Result<Self, TraceError> {
        if let Some(file) = &args.batch {
            if is_stdin(file) && args.files.iter().any(|file| is_stdin(file)) {
                return Err(TraceError::StdinTwice);
            }
            return Ok(Self::Batch(batch(file)?, args.json_language().words()));
        }
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let question = Question::parse(FLAGS, &text(&args.from), &text(&args.to), args.node.as_deref());
        let language = match args.output {
            Output::Text => args.language(),
            Output::Json => args.json_language(),
        };
        Ok(Self::One(question?, args.output, language.words()))
    }

    /// Prints the answers, each with the remarks about what they are made of.
    fn print(&self, cluster: Cluster<'_>, remarks: &[Remark]) -> Result<u8, TraceError> {
        let stdout = std::io::stdout();
        let colours = stdout.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|no| no.is_empty());
        let mut out = std::io::BufWriter::new(stdout.lock());
        let code = match self {
            Self::One(question, output, words) => {
                let trace = with_remarks(question.answer(cluster, NAMED)?, remarks);
                match output {
                    Output::Json => writeln!(out, "{}", json(&trace, words, serde_json::to_string_pretty)?)?,
                    Output::Text => {
                        let shown = if colours { Question::shown_in_colours } else { Question::shown };
                        write!(out, "{}", shown(question, &trace, cluster.index, words))?
                    }
                }
                if arrives(&trace) { ARRIVES } else { BROKEN }
            }
            Self::Batch(questions, words) => {
                let mut worst = ARRIVES;
                for (line, question) in questions {
                    let answer = question.clone().and_then(|question| question.answer(cluster, ["SRC", "NODE"]));
                    let code = match answer {
                        Ok(trace) => {
                            let trace = with_remarks(trace, remarks);
                            writeln!(out, "{}", json(&trace, words, serde_json::to_string)?)?;
                            if arrives(&trace) { ARRIVES } else { BROKEN }
                        }
                        Err(error) => {
                            let error = serde_json::json!({ "line": line, "error": error.text(words) });
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

fn with_remarks(mut trace: Trace, remarks: &[Remark]) -> Trace {
    trace.remarks.extend_from_slice(remarks);
    trace
}

fn json(
    trace: &Trace,
    words: &Words,
    encode: impl FnOnce(&TraceDocument) -> serde_json::Result<String>,
) -> Result<String, TraceError> {
    encode(&TraceDocument::new(trace, words)).map_err(|error| TraceError::Io(error.into()))
}

/// The questions of a batch, each with its line; empty lines and those that begin with `#` are none.
fn batch(file: &Path) -> Result<Vec<Line>, TraceError> {
    let failed = |error| TraceError::Batch { file: file.to_owned(), error };
    let lines: Vec<String> = if is_stdin(file) {
        std::io::stdin().lock().lines().collect::<Result<_, _>>().map_err(failed)?
    } else {
        std::fs::read_to_string(file).map_err(failed)?.lines().map(str::to_owned).collect()
    };
    let question = |(number, line): (usize, &String)| {
        let texts: Vec<&str> = line.split_whitespace().collect();
        let question = match texts.as_slice() {
            [] => return None,
            [first, ..] if first.starts_with('#') => return None,
            [from, to] => Question::parse(["SRC", "DST"], from, to, None),
            [from, to, node] => Question::parse(["SRC", "DST"], from, to, Some(node)),
            _ => Err(AskError::NoQuestion { line: line.clone() }),
        };
        Some((number, question))
    };
    Ok((1..).zip(&lines).filter_map(question).collect())
}

fn is_stdin(file: &Path) -> bool {
    file == Path::new("-")
}
