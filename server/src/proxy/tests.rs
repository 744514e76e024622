use topology::cluster::settings::SettingError;

use super::*;

const KUBEADM: &str = r#"
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
bindAddress: 0.0.0.0
clusterCIDR: 10.244.0.0/16
detectLocal: {bridgeInterface: "", interfaceNamePrefix: ""}
detectLocalMode: ""
featureGates: {AllowServiceExternalIPs: false, SomethingElse: true}
hostnameOverride: ""
iptables: {localhostNodePorts: null, masqueradeAll: false, masqueradeBit: null}
mode: ""
nftables: {masqueradeAll: true}
nodePortAddresses: null
"#;

fn config(text: &str) -> ProxyConfig {
    let kubeconfig = ("kubeconfig.conf".to_owned(), "apiVersion: v1\nkind: Config\n".to_owned());
    ProxyConfig::of(&BTreeMap::from([("config.conf".to_owned(), text.to_owned()), kubeconfig])).unwrap()
}

fn flags(flags: &[(Setting, &str)]) -> ProxyFlags {
    ProxyFlags::new(flags.iter().map(|(setting, text)| (*setting, (*text).to_owned())).collect()).unwrap()
}

#[test]
fn the_config_map_of_kubeadm_is_read() {
    let (settings, complaints) = flags(&[]).settings(Some(&config(KUBEADM)));
    assert_eq!(complaints, []);
    assert_eq!(settings.source_of(Setting::ProxyMode), SettingSource::ConfigMap);
    assert_eq!(settings.cluster_cidrs, ["10.244.0.0/16".parse().unwrap()]);
    assert_eq!(settings.source_of(Setting::NodePortAddresses), SettingSource::Default);
    assert!(settings.localhost_node_ports && !settings.allow_external_ips && !settings.masquerade_all);
}

#[test]
fn a_flag_goes_before_the_config_map_and_chooses_the_backend_s_fields() {
    let given = flags(&[(Setting::ProxyMode, "nftables"), (Setting::ClusterCidr, "")]);
    let (settings, complaints) = given.settings(Some(&config(KUBEADM)));
    assert_eq!(complaints, []);
    assert_eq!(
        (settings.proxy_mode, settings.source_of(Setting::ProxyMode)),
        (ProxyMode::Nftables, SettingSource::Flag)
    );
    assert!(settings.cluster_cidrs.is_empty() && settings.masquerade_all);
}

#[test]
fn ipvs_is_a_mode_of_the_config_map_and_of_the_flag() {
    let ipvs =
        config(&KUBEADM.replace("mode: \"\"", "mode: ipvs").replace("masqueradeAll: false", "masqueradeAll: true"));
    let (settings, complaints) = flags(&[]).settings(Some(&ipvs));
    assert_eq!(complaints, []);
    let mode = |settings: &Settings| (settings.proxy_mode, settings.source_of(Setting::ProxyMode));
    assert_eq!(mode(&settings), (ProxyMode::Ipvs, SettingSource::ConfigMap));
    // kube-proxy takes the fields of iptables in this mode.
    assert!(settings.masquerade_all);
    for (text, expected) in
        [("ipvs", ProxyMode::Ipvs), ("none", ProxyMode::NoKubeProxy), ("iptables", ProxyMode::Iptables)]
    {
        let (settings, _) = flags(&[(Setting::ProxyMode, text)]).settings(Some(&ipvs));
        assert_eq!(mode(&settings), (expected, SettingSource::Flag));
    }
}

#[test]
fn what_is_wrong_in_the_config_map_is_named_and_left_out() {
    let broken = KUBEADM.replace("mode: \"\"", "mode: userspace").replace("10.244.0.0/16", "10.244/16");
    let (settings, complaints) = flags(&[]).settings(Some(&config(&broken)));
    assert_eq!(settings.source_of(Setting::ProxyMode), SettingSource::Default);
    let wrong = |path: &str, error| ProxyComplaint::Wrong { path: path.to_owned(), error };
    assert_eq!(
        complaints,
        [
            wrong("mode", SettingError::NoProxyMode { text: "userspace".to_owned() }),
            wrong("clusterCIDR", SettingError::NoCidr { text: "10.244/16".to_owned() }),
        ]
    );
    assert!(complaints[0].to_string().starts_with("ConfigMap kube-system/kube-proxy: mode: `userspace`"));

    let (settings, complaints) = flags(&[]).settings(Some(&config("kind: KubeProxyConfiguration\nmode: [")));
    assert_eq!(settings, Settings::default());
    let [ProxyComplaint::Unreadable(error)] = complaints.as_slice() else { panic!("{complaints:?}") };
    assert!(error.contains("config.conf") && error.contains("line 2"), "{error}");
}

#[test]
fn a_wrong_flag_is_named() {
    let error = ProxyFlags::new(vec![(Setting::ServiceCidr, "172.30".to_owned())]).unwrap_err();
    assert!(error.to_string().starts_with("--service-cidr: `172.30`"), "{error}");
}
