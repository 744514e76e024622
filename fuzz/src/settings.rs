use std::collections::BTreeMap;

use server::proxy::{FlagError, ProxyConfig, ProxyFlags};
use topology::cluster::settings::{Setting, SettingSource, Settings};

use crate::text;

/// The text of any of kube-proxy's settings, as a flag and as its ConfigMap says it. It is shown as it is read; a wrong one changes
/// nothing, and what complains of it names the flag, or the field.
pub fn settings(bytes: &[u8]) {
    let Some(text) = text(bytes) else { return };
    for setting in Setting::ALL {
        let mut settings = Settings::default();
        let flags = ProxyFlags::new(vec![(setting, text.to_owned())]);
        match settings.set(setting, text, SettingSource::Flag) {
            Ok(()) => {
                let shown = settings.effective(setting);
                let mut again = settings.clone();
                again.set(setting, &shown.value, SettingSource::Flag).expect("what is shown can be read");
                assert_eq!(again.effective(setting), shown);
                assert!(flags.is_ok_and(|flags| flags.settings(None).0 == settings));
            }
            Err(error) => {
                assert_eq!(settings, Settings::default(), "{error:?}");
                assert_eq!(flags, Err(FlagError { setting, error }));
            }
        }
    }
    let data = BTreeMap::from([("config.conf".to_owned(), text.to_owned())]);
    let config = ProxyConfig::of(&data);
    assert!(config.is_none() || text.contains("KubeProxyConfiguration"), "something else is taken for a configuration");
    let (_, complaints) = ProxyFlags::default().settings(config.as_ref());
    assert!(
        complaints.iter().all(|complaint| complaint.to_string().contains("ConfigMap kube-system/kube-proxy")),
        "{complaints:?}"
    );
}
