//! Texts of kinds, coverage and kube-proxy's settings.

use topology::cluster::coverage::Known;
use topology::cluster::key::Kind;
use topology::cluster::settings::{ProxyMode, SettingSource};

use crate::Words;

impl Words {
    /// How well a kind is known.
    pub fn known(&self, known: Known) -> String {
        match known {
            Known::NotLoaded => self.known_not_loaded(),
            Known::Loading => self.known_loading(),
            Known::Synced => self.known_synced(),
            Known::Stale => self.known_stale(),
            Known::Forbidden => self.known_forbidden(),
            Known::Absent => self.known_absent(),
            Known::NotInFiles => self.known_not_in_files(),
            Known::OmittedFromFiles => self.known_omitted_from_files(),
            Known::NotApplied => self.known_not_applied(),
        }
    }

    /// The objects of a kind: `Services`.
    pub fn objects_of_kind(&self, kind: Kind) -> String {
        match kind {
            Kind::Node => self.kind_nodes(),
            Kind::Namespace => self.kind_namespaces(),
            Kind::ServiceCIDR => self.kind_service_cidrs(),
            Kind::Service => self.kind_services(),
            Kind::EndpointSlice => self.kind_endpoint_slices(),
            Kind::Endpoint => self.kind_endpoints_of_slices(),
            Kind::Endpoints => self.kind_endpoints(),
            Kind::Pod => self.kind_pods(),
        }
    }

    /// The source of a kube-proxy setting, in one or two words.
    pub fn setting_source(&self, source: SettingSource) -> String {
        match source {
            SettingSource::Default => self.setting_assumed_default(),
            SettingSource::Flag => self.setting_from_flag(),
            SettingSource::ConfigMap => self.setting_from_config_map(),
            SettingSource::PodArguments => self.setting_from_pod(),
            source => self.setting_from_distribution(distribution(source)),
        }
    }

    /// The kube-proxy mode that an answer assumes, with its source.
    pub fn assumed_proxy_mode(&self, mode: ProxyMode, source: SettingSource) -> String {
        let mode = mode.as_str();
        match source {
            SettingSource::Default => self.assumes_default(mode),
            SettingSource::Flag => self.assumes_flag(mode),
            SettingSource::ConfigMap => self.assumes_config_map(mode),
            SettingSource::PodArguments => self.assumes_pod(mode),
            source => self.assumes_distribution(mode, distribution(source)),
        }
    }
}

/// The name of the distribution whose default a setting has; empty for other sources.
pub(crate) fn distribution(source: SettingSource) -> &'static str {
    match source {
        SettingSource::K3s => "k3s",
        SettingSource::Rke2 => "RKE2",
        SettingSource::Kind => "kind",
        SettingSource::Microk8s => "MicroK8s",
        SettingSource::Eks => "EKS",
        SettingSource::Default | SettingSource::Flag | SettingSource::ConfigMap | SettingSource::PodArguments => "",
    }
}
