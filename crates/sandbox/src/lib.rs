//! A small Kubernetes in process: an API to list, watch and write, with no cluster behind it.
//!
//! A client cannot tell it from a cluster: lists page consistently, watches replay, send bookmarks and expire, and errors are `Status`
//! objects. It has no admission: no validation, no defaulting, no finalizers, no `managedFields`; and no controller runs. Objects are
//! written by HTTP through [`Sandbox::router`], or in process through the [`Store`].
//!
//! ```
//! let sandbox = sandbox::Sandbox::overview();
//! let service = sandbox.store().get(&sandbox::resources::SERVICES, "default", "nginx-service");
//! assert_eq!(service.unwrap()["spec"]["clusterIP"], "10.96.114.20");
//! ```

mod api;
mod load;
mod object;
mod patch;
pub mod resources;
mod scale;
mod scenario;
mod selector;
mod status;
mod store;
mod watch_cache;

use std::sync::Arc;

use parking_lot::Mutex;
use tokio::time::{MissedTickBehavior, interval};

use scale::Churn;
pub use scale::{FORM as SCALE_FORM, ScaleError, ScaleNumber};
pub use scenario::{SCENARIOS, ScenarioError};
pub use status::Status;
pub use store::{Settings, Store};
pub use yaml::ManifestError;

/// A cluster in memory. It is a cheap handle: all clones are the same cluster.
#[derive(Clone, Debug)]
pub struct Sandbox {
    store: Store,
    /// The changes that happen by themselves, until [`Sandbox::churn`] takes them.
    churn: Arc<Mutex<Option<Churn>>>,
}

impl Sandbox {
    /// A cluster without objects.
    pub fn empty() -> Self {
        Self::still(Store::new())
    }

    fn still(store: Store) -> Self {
        Self { store, churn: Arc::default() }
    }

    fn changing(store: Store, churn: Churn) -> Self {
        Self { store, churn: Arc::new(Mutex::new(Some(churn))) }
    }

    /// The preloaded scenario: three Nodes, six Services, one of them broken.
    ///
    /// # Panics
    ///
    /// Never: the scenario is part of the program, and a test loads it.
    pub fn overview() -> Self {
        Self::scenario(scenario::DEFAULT).expect("the built-in scenario loads")
    }

    /// A cluster with the objects of a YAML or JSON text: several documents, `List` kinds as kubectl prints them.
    ///
    /// `uid`, `creationTimestamp` and `deletionTimestamp` are kept, because other objects refer to them; `resourceVersion` is set anew.
    /// Objects of a kind that the sandbox does not serve are logged and skipped.
    ///
    /// # Errors
    ///
    /// The text does not parse, or an object lacks a required field; the error names position and field.
    pub fn load(yaml_or_json: &str, source_name: &str) -> Result<Self, ManifestError> {
        let store = Store::new();
        load::load(&store, yaml_or_json, source_name)?;
        Ok(Self::still(store))
    }

    /// A built-in scenario by its name (see [`SCENARIOS`]); an empty name is the default one.
    ///
    /// `scale:5000,150000,10000` has that many Nodes, Pods and Services, and changes while [`Sandbox::churn`] runs. A fourth number sets
    /// the changes per second; the default depends on the size (one per thousand Pods, 2 to 50).
    ///
    /// # Errors
    ///
    /// There is no scenario of this name, or a number is out of its range.
    pub fn scenario(name: &str) -> Result<Self, ScenarioError> {
        scenario::open(name)
    }

    /// The whole API: reads and writes.
    pub fn router(&self) -> axum::Router {
        api::router(self.store.clone())
    }

    /// The same API, except that it refuses every method but GET with 405.
    pub fn read_router(&self) -> axum::Router {
        api::read_router(self.store.clone())
    }

    /// Makes changes in the cluster for as long as this is polled; it ends at once if the cluster has no changes.
    ///
    /// Only the first call makes changes: a second one ends at once. It needs a tokio runtime with a clock.
    pub async fn churn(self) {
        let Some(mut churn) = self.churn.lock().take() else { return };
        let Some(every) = churn.interval() else { return };
        let mut clock = interval(every);
        // Changes that a busy machine missed are not made up for.
        clock.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            clock.tick().await;
            if let Err(status) = churn.step(&self.store) {
                tracing::warn!(reason = status.reason, "a change of the scenario failed: {status}");
            }
        }
    }

    /// The objects, for writers in this process: tests, and later controllers.
    pub fn store(&self) -> &Store {
        &self.store
    }
}
