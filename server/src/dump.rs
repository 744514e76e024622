//! A cluster in files: what `kubectl get … -o yaml` or `-o json` prints, or what somebody wrote by hand (design §4.1, `-f`).
//!
//! The files are all there is: kinds that are absent are known to be empty, no controller runs, and only the API's own defaults
//! are applied. Where the files themselves show that something is missing, the kind is not known ([`Dump::coverage`]).
//!
//! Nothing is dropped in silence: what cannot be decoded is an error, a value that the API server would refuse is a remark of the answer
//! ([`Dump::remarks`]), and an object of a kind that is not read is counted with the reason ([`Dump::left_out`]).

mod error;
mod source;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

use serde_json::{Map, Value};
use topology::cluster::coverage::{Coverage, Known};
use topology::cluster::index::Index;
use topology::cluster::key::{Kind, ObjectKey};
use topology::decode::{LeftOut, LeftOutReason, RefusedValue, from_file, refused_values};
use topology::path::answer::Remark;
use words::Words;
use yaml::{FoundObject, Manifest, ManifestError, ObjectPosition, OtherText, PathStep};

pub(crate) use error::manifest_error;
pub(crate) use error::other_text;
pub use error::{DumpError, FilePosition, RepeatedObject};
pub use source::NotText;
pub(crate) use source::decoded;

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
    /// The kinds of objects that are not read, by the reason why that matters.
    pub left_out: Vec<LeftOut>,
    /// The first few values that the API server would refuse.
    refused: Vec<Remark>,
    /// How many more there are.
    more_refused: usize,
}

/// How the kinds of policies end: NetworkPolicy, AdminNetworkPolicy, GlobalNetworkPolicy, CiliumClusterwideNetworkPolicy.
const POLICY: &str = "NetworkPolicy";
/// The groups whose kind NetworkPolicy is namespaced.
const NAMESPACED_POLICIES: [&str; 3] = ["networking.k8s.io/", "crd.projectcalico.org/", "projectcalico.org/"];
/// How many values that the API server would refuse are listed.
const LISTED_VALUES: usize = 10;
/// How many Services without a Cluster IP are named.
const LISTED_SERVICES: usize = 3;

impl Dump {
    /// Reads files; `-` is stdin.
    ///
    /// # Errors
    ///
    /// A file cannot be read or decoded, or two objects of one name differ.
    pub fn read(files: &[PathBuf]) -> Result<Self, DumpError> {
        let files = source::files(files)?;
        let texts = files
            .iter()
            .map(|file| Ok((source::name(file), source::text(file)?)))
            .collect::<Result<Vec<_>, DumpError>>()?;
        if texts.iter().all(|(_, text)| is_blank(text)) {
            return Err(DumpError::NoObjects { files: texts.into_iter().map(|(name, _)| name).collect() });
        }
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
            let wrong = |error: ManifestError| match OtherText::recognise(text, name, error.line) {
                Some(what) => DumpError::OtherText { position: FilePosition::of(&error), what },
                None => DumpError::Undecodable(Box::new(error)),
            };
            let (manifest, objects) = Manifest::read(text, name).map_err(wrong)?;
            let mut refused = Vec::new();
            for found in objects {
                dump.take(manifest, found, &mut seen, &mut refused).map_err(|error| match error {
                    DumpError::Undecodable(error) => wrong(*error),
                    error => error,
                })?;
            }
            dump.refuse(manifest, name, &refused);
        }
        dump.left_out.sort_by(|a, b| (a.why, &a.kind, &a.api_version).cmp(&(b.why, &b.kind, &b.api_version)));
        Ok(dump)
    }

    /// Lists refused values with their positions.
    fn refuse(
        &mut self,
        manifest: Manifest<'_>,
        name: &str,
        refused: &[(ObjectPosition, Vec<PathStep>, RefusedValue)],
    ) {
        let listed = &refused[..refused.len().min(LISTED_VALUES - self.refused.len())];
        self.more_refused += refused.len() - listed.len();
        if listed.is_empty() {
            return;
        }
        let positions = manifest.positions(listed.iter().map(|(place, path, _)| (place, path.as_slice())));
        let remarks = listed.iter().zip(positions).map(|((place, path, value), position)| Remark::ValueRefused {
            file: name.to_owned(),
            document: place.document,
            line: position.map(|(line, _)| line),
            column: position.map(|(_, column)| column),
            field: place.field_text(path),
            value: value.value.clone(),
            why: value.why,
        });
        self.refused.extend(remarks);
    }

    fn take<'t>(
        &mut self,
        manifest: Manifest<'t>,
        FoundObject { place, object }: FoundObject,
        seen: &mut BTreeMap<(Kind, ObjectKey), Seen<'t>>,
        refused: &mut Vec<(ObjectPosition, Vec<PathStep>, RefusedValue)>,
    ) -> Result<(), DumpError> {
        if let Some(data) = proxy_data(&object) {
            self.proxy = ProxyConfig::of(&data).or(self.proxy.take());
            return Ok(());
        }
        let field = |name: &str| object.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let (api_version, kind) = (field("apiVersion"), field("kind"));
        let policy = kind.ends_with(POLICY).then(|| policy_namespace(&api_version, &kind, &object));
        if let Some((what, path)) = other_object(&api_version, &kind, &object) {
            return Err(DumpError::OtherText { position: FilePosition::of(&manifest.error(&place, &path, "")), what });
        }
        let values = refused_values(&object);
        let why = LeftOutReason::of(&object);
        let decoded = from_file(object).map_err(|wrong| {
            let path: Vec<PathStep> = wrong.path.into_iter().map(step).collect();
            DumpError::Undecodable(Box::new(manifest.error(&place, &path, wrong.message)))
        })?;
        let Some(object) = decoded else {
            self.policies.extend(policy);
            self.leave_out(why, kind, api_version);
            return Ok(());
        };
        refused.extend(values.into_iter().map(|mut value| {
            let path = std::mem::take(&mut value.path).into_iter().map(step).collect();
            (place.clone(), path, value)
        }));
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

    fn leave_out(&mut self, why: LeftOutReason, kind: String, api_version: String) {
        match self.left_out.iter_mut().find(|own| own.kind == kind && own.api_version == api_version && own.why == why)
        {
            Some(own) => own.count += 1,
            None => self.left_out.push(LeftOut { why, kind, api_version, count: 1 }),
        }
    }

    /// What is known: everything, and of kinds that are in no file, that there are none. Without any EndpointSlice these are not known if
    /// Endpoints list addresses, or if no cluster has run the manifests.
    pub fn coverage(&self) -> Coverage {
        let mut coverage = Coverage::complete();
        for kind in Kind::WATCHED.into_iter().filter(|kind| self.index.count(*kind) == 0) {
            coverage.set(kind, "", Known::NotInFiles);
        }
        self.policies.iter().for_each(|namespace| coverage.note_policy(namespace));
        if self.index.count(Kind::EndpointSlice) == 0 {
            if self.index.endpoints_objects().any(|endpoints| endpoints.addresses > 0) {
                coverage.set(Kind::EndpointSlice, "", Known::OmittedFromFiles);
            } else if self.not_applied().is_some() {
                coverage.set(Kind::EndpointSlice, "", Known::NotApplied);
            }
        }
        coverage
    }

    /// The remarks of every answer: manifests that no cluster has run, and values that the API server would refuse.
    pub fn remarks(&self) -> Vec<Remark> {
        let more = (self.more_refused > 0).then_some(Remark::MoreValuesRefused { count: self.more_refused });
        self.not_applied().into_iter().chain(self.refused.iter().cloned()).chain(more).collect()
    }

    /// That no cluster has run the manifests: Services have no Cluster IP, or workloads have neither Pods nor EndpointSlices.
    fn not_applied(&self) -> Option<Remark> {
        let mut services: Vec<ObjectKey> =
            self.index.services().filter(|service| service.is_unapplied()).map(|service| service.key()).collect();
        let service_count = services.len();
        services.truncate(LISTED_SERVICES);
        let run = self.index.count(Kind::Pod) > 0 || self.index.count(Kind::EndpointSlice) > 0;
        let workloads = self.left_out.iter().filter(|own| own.why == LeftOutReason::Workload && !run);
        let workloads: usize = workloads.map(|own| own.count).sum();
        (service_count + workloads > 0).then_some(Remark::NotApplied { services, service_count, workloads })
    }

    /// What a reader must know of the files: kinds that are not there at all, and objects that were left out.
    pub fn messages(&self, words: &Words) -> Vec<String> {
        let missing =
            Kind::WATCHED.into_iter().filter(|kind| kind.api().expected_in_files && self.index.count(*kind) == 0);
        let missing: Vec<String> = missing.map(|kind| words.trace_none_of_kind(kind.as_str())).collect();
        let missing = (!missing.is_empty()).then(|| words.trace_not_in_files(words.list(&missing)));
        missing.into_iter().chain(self.left_out_messages(words)).collect()
    }

    /// One message for each reason.
    fn left_out_messages(&self, words: &Words) -> Vec<String> {
        let of_reason = |kinds: &[LeftOut]| {
            let texts: Vec<String> =
                kinds.iter().map(|own| format!("{} {} ({})", own.count, own.kind, own.api_version)).collect();
            let list = words.list(&texts);
            match kinds[0].why {
                LeftOutReason::Policy => words.trace_policies_left_out(list),
                LeftOutReason::Route => words.trace_routes_left_out(list),
                LeftOutReason::OtherVersion => words.trace_other_versions_left_out(list),
                LeftOutReason::Workload => words.trace_workloads_left_out(list),
                LeftOutReason::DecidesNothing => words.trace_left_out(list),
            }
        };
        self.left_out.chunk_by(|a, b| a.why == b.why).map(of_reason).collect()
    }
}

/// What an object is that stands for none of a cluster, and the path of the field that shows it.
fn other_object(api_version: &str, kind: &str, object: &Map<String, Value>) -> Option<(OtherText, Vec<PathStep>)> {
    if let Some(what) = OtherText::of_object(api_version, kind) {
        return Some((what, vec!["kind".into()]));
    }
    let metadata = object.get("metadata")?;
    let is_template =
        |field: &&str| metadata.get(field).and_then(Value::as_str).is_some_and(OtherText::is_template_of_value);
    let field = ["name", "namespace"].into_iter().find(is_template)?;
    Some((OtherText::HelmTemplate, vec!["metadata".into(), field.into()]))
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

/// Whether a text has nothing but comments and the marks of documents.
fn is_blank(text: &str) -> bool {
    text.lines().map(str::trim).all(|line| line.is_empty() || line.starts_with('#') || line == "---")
}
