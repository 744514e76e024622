//! A cluster in files: what `kubectl get … -o yaml` or `-o json` prints, or what somebody wrote by hand (design §4.1, `-f`).
//!
//! The files are all there is: kinds that are absent are known to be empty, no controller runs, and only the API's own defaults
//! are applied.

mod error;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};
use topology::cluster::coverage::{Coverage, Known};
use topology::cluster::index::Index;
use topology::cluster::key::{Kind, ObjectKey};
use topology::decode::from_file;
use words::Words;
use yaml::{FoundObject, Manifest, ObjectPosition, PathStep};

pub(crate) use error::manifest_error;
pub use error::{DumpError, FilePosition, RepeatedObject};

use crate::manifest::step;
use crate::proxy::{self, ProxyConfig};

/// A cluster as files say it is.
#[derive(Debug, Default)]
pub struct Dump {
    /// Its rows.
    pub index: Index,
    /// kube-proxy's configuration, if its ConfigMap is there.
    pub proxy: Option<ProxyConfig>,
    /// The namespaces of policies, which are not evaluated; empty for a policy of the whole cluster.
    pub policies: Vec<String>,
    /// How many objects were left out of each kind that decides nothing here.
    pub left_out: BTreeMap<String, usize>,
}

/// What stdin is called.
const STDIN: &str = "-";
/// How the kinds of policies end: NetworkPolicy, AdminNetworkPolicy, GlobalNetworkPolicy, CiliumClusterwideNetworkPolicy.
const POLICY: &str = "NetworkPolicy";
/// The groups whose kind NetworkPolicy is namespaced.
const NAMESPACED_POLICIES: [&str; 3] = ["networking.k8s.io/", "crd.projectcalico.org/", "projectcalico.org/"];

impl Dump {
    /// Reads files; `-` is stdin.
    ///
    /// # Errors
    ///
    /// A file cannot be read or decoded, or two objects of one name differ.
    pub fn read(files: &[PathBuf]) -> Result<Self, DumpError> {
        let texts = files.iter().map(|file| Ok((name(file), text(file)?))).collect::<Result<Vec<_>, DumpError>>()?;
        Self::of(&texts)
    }

    /// Reads texts, each with the name of its file.
    ///
    /// # Errors
    ///
    /// Something in them cannot be decoded, or two objects of one name differ.
    pub fn of(texts: &[(String, String)]) -> Result<Self, DumpError> {
        let mut dump = Self::default();
        let mut seen: BTreeMap<(Kind, ObjectKey), Seen<'_>> = BTreeMap::new();
        for (name, text) in texts {
            let (manifest, objects) =
                Manifest::read(text, name).map_err(|error| DumpError::Undecodable(Box::new(error)))?;
            for found in objects {
                dump.take(manifest, found, &mut seen)?;
            }
        }
        Ok(dump)
    }

    fn take<'t>(
        &mut self,
        manifest: Manifest<'t>,
        FoundObject { place, object }: FoundObject,
        seen: &mut BTreeMap<(Kind, ObjectKey), Seen<'t>>,
    ) -> Result<(), DumpError> {
        if let Some(data) = proxy_data(&object) {
            self.proxy = ProxyConfig::of(&data).or(self.proxy.take());
            return Ok(());
        }
        let field = |name: &str| object.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let (api_version, kind) = (field("apiVersion"), field("kind"));
        let policy = kind.ends_with(POLICY).then(|| policy_namespace(&api_version, &kind, &object));
        let decoded = from_file(object).map_err(|wrong| {
            let path: Vec<PathStep> = wrong.path.into_iter().map(step).collect();
            DumpError::Undecodable(Box::new(manifest.error(&place, &path, wrong.message)))
        })?;
        let Some(object) = decoded else {
            if let Some(namespace) = policy {
                self.policies.push(namespace);
                return Ok(());
            }
            *self.left_out.entry(format!("{kind} ({api_version})")).or_default() += 1;
            return Ok(());
        };
        let target = object.target();
        let changed = !self.index.apply(object).is_empty();
        match seen.get(&target) {
            None => drop(seen.insert(target, Seen { manifest, place })),
            Some(first) if changed => {
                let (kind, key) = target;
                let (second, first) = (position(manifest, &place), position(first.manifest, &first.place));
                return Err(DumpError::Repeated(Box::new(RepeatedObject { kind, key, second, first })));
            }
            Some(_) => {}
        }
        Ok(())
    }

    /// What is known: everything, and of kinds that are in no file, that there are none.
    pub fn coverage(&self) -> Coverage {
        let mut coverage = Coverage::complete();
        for kind in Kind::WATCHED.into_iter().filter(|kind| self.index.count(*kind) == 0) {
            coverage.set(kind, "", Known::NotInFiles);
        }
        self.policies.iter().for_each(|namespace| coverage.note_policy(namespace));
        coverage
    }

    /// What a reader must know of it: kinds that are not there at all, and objects that were left out.
    pub fn remarks(&self, words: &Words) -> Vec<String> {
        let missing =
            Kind::WATCHED.into_iter().filter(|kind| kind.api().expected_in_files && self.index.count(*kind) == 0);
        let missing: Vec<String> = missing.map(|kind| words.trace_none_of_kind(kind.as_str())).collect();
        let missing = (!missing.is_empty()).then(|| words.trace_not_in_files(words.list(&missing)));
        missing.into_iter().chain(self.left_out(words)).collect()
    }

    fn left_out(&self, words: &Words) -> Option<String> {
        let total: usize = self.left_out.values().sum();
        let kinds: Vec<String> = self.left_out.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
        (total > 0).then(|| words.trace_left_out(words.list(&kinds)))
    }
}

struct Seen<'t> {
    manifest: Manifest<'t>,
    place: ObjectPosition,
}

impl fmt::Debug for Seen<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.place.fmt(f)
    }
}

fn position(manifest: Manifest<'_>, place: &ObjectPosition) -> FilePosition {
    FilePosition::of(&manifest.error(place, &[], ""))
}

/// The namespace of a policy; empty if it applies to the whole cluster.
fn policy_namespace(api_version: &str, kind: &str, object: &Map<String, Value>) -> String {
    let is_namespaced = kind == "CiliumNetworkPolicy"
        || (kind == POLICY && NAMESPACED_POLICIES.iter().any(|group| api_version.starts_with(group)));
    let own = object.get("metadata").and_then(|metadata| metadata.get("namespace")).and_then(Value::as_str);
    match own.filter(|namespace| !namespace.is_empty()) {
        Some(namespace) => namespace.to_owned(),
        None if is_namespaced => "default".to_owned(),
        None => String::new(),
    }
}

/// The data of kube-proxy's ConfigMap, if this is it. What in it is no text is no configuration.
fn proxy_data(object: &Map<String, Value>) -> Option<BTreeMap<String, String>> {
    let metadata = object.get("metadata")?;
    let is = |value: Option<&Value>, text: &str| value.and_then(Value::as_str) == Some(text);
    let is_it = is(object.get("apiVersion"), "v1")
        && is(object.get("kind"), "ConfigMap")
        && is(metadata.get("namespace"), proxy::NAMESPACE)
        && is(metadata.get("name"), proxy::CONFIG_MAP);
    let data = object.get("data").and_then(Value::as_object).filter(|_| is_it)?;
    Some(data.iter().filter_map(|(name, text)| Some((name.clone(), text.as_str()?.to_owned()))).collect())
}

fn name(file: &Path) -> String {
    if file == Path::new(STDIN) { "stdin".to_owned() } else { file.display().to_string() }
}

fn text(file: &Path) -> Result<String, DumpError> {
    let read = if file == Path::new(STDIN) {
        let mut text = String::new();
        std::io::stdin().lock().read_to_string(&mut text).map(|_| text)
    } else {
        std::fs::read_to_string(file)
    };
    read.map_err(|error| DumpError::Unreadable { file: name(file), error })
}
