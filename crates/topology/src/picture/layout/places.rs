//! The areas of a unit's parts during layout.

use crate::graph::{Link, PartId, Parts};
use crate::picture::area::Area;

/// The area of each part, in the order of the lists in [`Parts`]. A part that is not placed yet has the default area.
#[derive(Default)]
pub(super) struct Places {
    pub(super) client: Area,
    pub(super) entries: Vec<Area>,
    /// The headers of Services.
    pub(super) services: Vec<Area>,
    /// The rows of ports.
    pub(super) ports: Vec<Area>,
    pub(super) endpoints: Vec<Area>,
    pub(super) endpoint_count: Area,
    pub(super) ends: Vec<Area>,
    pub(super) pods: Vec<Area>,
    pub(super) pod_count: Area,
    pub(super) container_ports: Vec<Area>,
    pub(super) targets: Vec<Area>,
}

impl Places {
    pub(super) fn of(parts: &Parts) -> Self {
        let nowhere = |count: usize| vec![Area::default(); count];
        Self {
            entries: nowhere(parts.entries.len()),
            services: nowhere(parts.services.len()),
            ports: nowhere(parts.ports.len()),
            endpoints: nowhere(parts.endpoints.len()),
            ends: nowhere(parts.ends.len()),
            pods: nowhere(parts.pods.len()),
            container_ports: nowhere(parts.container_ports.len()),
            targets: nowhere(parts.targets.len()),
            ..Self::default()
        }
    }

    /// The area of a part.
    pub(super) fn area(&self, part: PartId) -> Area {
        match part {
            PartId::Client => self.client,
            PartId::Entry(n) => self.entries[n],
            PartId::Name(n) => self.services[n],
            PartId::Port(n) => self.ports[n],
            PartId::Endpoint(n) => self.endpoints[n],
            PartId::EndpointCount => self.endpoint_count,
            PartId::Pod(n) => self.pods[n],
            PartId::PodCount => self.pod_count,
            PartId::ContainerPort(n) => self.container_ports[n],
            PartId::Target(n) => self.targets[n],
            PartId::End(n) => self.ends[n],
        }
    }
}

/// The links that lead to each Pod, indexed like [`Parts::pods`].
pub(super) fn leads(parts: &Parts) -> Vec<Vec<Link>> {
    let mut leads = vec![Vec::new(); parts.pods.len()];
    for link in &parts.links {
        if let PartId::Pod(pod) = link.to {
            leads[pod].push(*link);
        }
    }
    leads
}
