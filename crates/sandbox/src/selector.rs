//! The selection of a list or a watch: label and field selectors, parsed when a request comes in.

mod field;
mod label;

#[cfg(test)]
mod tests;

use crate::object::Object;
use crate::resources::Resource;
use crate::status::Status;

/// The namespace that is read, and the selectors of its objects.
#[derive(Clone, Debug, Default)]
pub(crate) struct Selector {
    /// One namespace, or all of them.
    pub(crate) namespace: Option<String>,
    labels: Vec<label::Requirement>,
    fields: Vec<field::Requirement>,
}

impl Selector {
    /// A selector of all objects in a namespace, or in all namespaces.
    pub(crate) fn everything(namespace: Option<&str>) -> Self {
        Self { namespace: namespace.map(str::to_owned), ..Self::default() }
    }

    /// Parses both selectors of a request; an empty text selects every object.
    pub(crate) fn parse(
        resource: &Resource,
        namespace: Option<String>,
        labels: &str,
        fields: &str,
    ) -> Result<Self, Status> {
        let labels = label::parse(labels).map_err(Status::bad_request)?;
        let fields = field::parse(resource, fields).map_err(Status::bad_request)?;
        Ok(Self { namespace, labels, fields })
    }

    /// Narrows the selection to one name.
    pub(crate) fn named(mut self, name: &str) -> Self {
        self.fields.push(field::Requirement::name(name));
        self
    }

    /// Whether every object of the scope is selected, so that counting need not look at the objects.
    pub(crate) fn takes_all(&self) -> bool {
        self.labels.is_empty() && self.fields.is_empty()
    }

    /// Whether an object is selected.
    pub(crate) fn matches(&self, object: &Object) -> bool {
        self.namespace.as_deref().is_none_or(|namespace| namespace == &*object.key.namespace)
            && self.labels.iter().all(|requirement| requirement.matches(object))
            && self.fields.iter().all(|requirement| requirement.matches(object))
    }
}
