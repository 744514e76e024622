//! Where kube-proxy's settings are known from: a flag, else the ConfigMap `kube-system/kube-proxy`, else kube-proxy's default
//! (design §4.1).

mod complaint;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use topology::cluster::settings::{Backend, DetectLocal, ProxyMode, Setting, SettingSource, Settings};
use yaml::Manifest;

pub(crate) use topology::cluster::settings::KUBE_PROXY_NAMESPACE as NAMESPACE;

pub use complaint::{FlagError, ProxyComplaint};

/// The ConfigMap in [`NAMESPACE`] that kubeadm keeps kube-proxy's configuration in.
pub(crate) const CONFIG_MAP: &str = "kube-proxy";

/// The settings that flags say. Every text in it has been checked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProxyFlags(Vec<(Setting, String)>);

impl ProxyFlags {
    /// Takes the texts of flags.
    ///
    /// # Errors
    ///
    /// A text is none that its flag can have.
    pub fn new(texts: Vec<(Setting, String)>) -> Result<Self, FlagError> {
        let mut scratch = Settings::default();
        for (setting, text) in &texts {
            scratch.set(*setting, text, SettingSource::Flag).map_err(|error| FlagError { setting: *setting, error })?;
        }
        Ok(Self(texts))
    }

    /// The settings in effect, and what in the ConfigMap was wrong and is passed over.
    pub fn settings(&self, config: Option<&ProxyConfig>) -> (Settings, Vec<ProxyComplaint>) {
        let mut settings = Settings::default();
        let mut complaints = Vec::new();
        if let Some(config) = config {
            complaints.extend(config.complaints.clone());
            let mode = self.0.iter().find(|(setting, _)| *setting == Setting::ProxyMode);
            config.apply(mode.map(|(_, text)| text.as_str()), &mut settings, &mut complaints);
        }
        for (setting, text) in &self.0 {
            // The texts have been checked.
            let _ = settings.set(*setting, text, SettingSource::Flag);
        }
        (settings, complaints)
    }
}

/// A KubeProxyConfiguration.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ProxyConfig {
    object: Map<String, Value>,
    complaints: Vec<ProxyComplaint>,
}

impl ProxyConfig {
    /// The configuration in a ConfigMap's data, under whatever name: kubeadm calls it `config.conf`.
    pub fn of(data: &BTreeMap<String, String>) -> Option<Self> {
        const KIND: &str = "KubeProxyConfiguration";
        let (name, text) = data.iter().find(|(_, text)| text.contains(KIND))?;
        let source = format!("ConfigMap {NAMESPACE}/{CONFIG_MAP}, {name}");
        match Manifest::read(text, &source) {
            Ok((_, objects)) => objects
                .into_iter()
                .find(|found| found.object.get("kind").and_then(Value::as_str) == Some(KIND))
                .map(|found| Self { object: found.object, complaints: Vec::new() }),
            Err(error) => {
                Some(Self { object: Map::new(), complaints: vec![ProxyComplaint::Unreadable(error.to_string())] })
            }
        }
    }

    /// Sets what it says. `mode` is the backend where a flag says it: some fields stand once for each.
    fn apply(&self, mode: Option<&str>, settings: &mut Settings, complaints: &mut Vec<ProxyComplaint>) {
        let mut take = |settings: &mut Settings, path: &str, setting| match self.value(path).map(text) {
            None => {}
            Some(Some(text)) => {
                let wrong = settings.set(setting, &text, SettingSource::ConfigMap).err();
                complaints.extend(wrong.map(|error| ProxyComplaint::Wrong { path: path.to_owned(), error }));
            }
            Some(None) => complaints.push(ProxyComplaint::WrongType { path: path.to_owned() }),
        };
        take(settings, "mode", Setting::ProxyMode);
        let mode = match mode.unwrap_or_default() {
            "" => settings.proxy_mode,
            // The text of the flag has been checked.
            flag => ProxyMode::ALL.into_iter().find(|mode| mode.as_str() == flag.trim()).unwrap_or_default(),
        };
        let backend = match mode.backend() {
            Backend::Nftables => "nftables",
            Backend::Iptables => "iptables",
        };
        take(settings, "clusterCIDR", Setting::ClusterCidr);
        take(settings, "detectLocalMode", Setting::DetectLocalMode);
        match settings.detect_local {
            DetectLocal::BridgeInterface => {
                take(settings, "detectLocal.bridgeInterface", Setting::DetectLocalInterface);
            }
            DetectLocal::InterfaceNamePrefix => {
                take(settings, "detectLocal.interfaceNamePrefix", Setting::DetectLocalInterface);
            }
            DetectLocal::ClusterCIDR | DetectLocal::NodeCIDR => {}
        }
        take(settings, "nodePortAddresses", Setting::NodePortAddresses);
        take(settings, &format!("{backend}.masqueradeAll"), Setting::MasqueradeAll);
        take(settings, "iptables.localhostNodePorts", Setting::LocalhostNodePorts);
        take(settings, "featureGates", Setting::FeatureGates);
    }

    /// A value that is there; null is not.
    fn value(&self, path: &str) -> Option<&Value> {
        let mut steps = path.split('.');
        let first = self.object.get(steps.next()?)?;
        steps.try_fold(first, |value, step| value.get(step)).filter(|value| !value.is_null())
    }
}

/// A value as a flag would say it.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Array(items) => items.iter().map(Value::as_str).collect::<Option<Vec<_>>>().map(|texts| texts.join(",")),
        Value::Object(gates) => {
            let gate = |(name, on): (&String, &Value)| Some(format!("{name}={}", on.as_bool()?));
            gates.iter().map(gate).collect::<Option<Vec<_>>>().map(|gates| gates.join(","))
        }
        Value::Null | Value::Number(_) => None,
    }
}
