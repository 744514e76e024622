/// A text that people take for objects, and that holds none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OtherText {
    /// The table that `kubectl get` prints without `-o yaml`.
    KubectlTable,
    /// What `kubectl describe` prints.
    KubectlDescription,
    /// A template of a Helm chart that was not rendered.
    HelmTemplate,
    /// The `Chart.yaml` of a Helm chart.
    HelmChart,
    /// A `kustomization.yaml`.
    Kustomization,
}

impl OtherText {
    /// Every such text.
    pub const ALL: [Self; 5] =
        [Self::KubectlTable, Self::KubectlDescription, Self::HelmTemplate, Self::HelmChart, Self::Kustomization];

    /// What a text is that could not be read as objects, by its beginning and by the line that is wrong; `None` if it is nothing that is
    /// known.
    pub fn recognise(text: &str, source_name: &str, line: Option<u64>) -> Option<Self> {
        let mut lines = text.lines().filter(|line| {
            let line = line.trim();
            !line.is_empty() && !line.starts_with('#') && line != "---"
        });
        let first = lines.next()?;
        if is_header(first) {
            return Some(Self::KubectlTable);
        }
        if first.starts_with("Name:") && lines.any(|line| line.starts_with("Namespace:") || line.starts_with("Labels:"))
        {
            return Some(Self::KubectlDescription);
        }
        if line.and_then(|line| usize::try_from(line).ok()).is_some_and(|line| has_action(text, line)) {
            return Some(Self::HelmTemplate);
        }
        match source_name.rsplit(['/', '\\']).next()? {
            "Chart.yaml" => Some(Self::HelmChart),
            "kustomization.yaml" | "kustomization.yml" | "Kustomization" => Some(Self::Kustomization),
            _ => None,
        }
    }

    /// What an object is that stands for none of a cluster; `None` for any other.
    pub fn of_object(api_version: &str, kind: &str) -> Option<Self> {
        match (api_version.split('/').next()?, kind) {
            ("meta.k8s.io", "Table") => Some(Self::KubectlTable),
            ("kustomize.config.k8s.io", "Kustomization" | "Component") => Some(Self::Kustomization),
            _ => None,
        }
    }

    /// Whether a value has a part that Helm would have replaced: `{{ .Release.Name }}`.
    pub fn is_template_of_value(value: &str) -> bool {
        value.split_once("{{").is_some_and(|(_, rest)| rest.contains("}}"))
    }
}

/// Whether a line is the header of a table of `kubectl get`: `NAME   TYPE   CLUSTER-IP   EXTERNAL-IP   PORT(S)   AGE`.
fn is_header(line: &str) -> bool {
    let mut columns = line.split_whitespace();
    let first = columns.next();
    matches!(first, Some("NAME" | "NAMESPACE" | "LAST"))
        && columns.next().is_some()
        && !line.contains(|character: char| character.is_lowercase() || character == ':')
}

/// Whether a line, or the one before it, has an action of a template: `{{ .Values.port }}`. A parser may stop only at the next line.
fn has_action(text: &str, line: usize) -> bool {
    text.lines().take(line).skip(line.saturating_sub(2)).any(OtherText::is_template_of_value)
}
