//! The changes of the cluster, as kubelets and the slice controller write them: first a Pod, then its slice.
//!
//! The order of the changes is the same in every run; the caller decides when they happen. Objects that another writer deleted are left
//! alone.

use std::collections::VecDeque;
use std::time::Duration;

use serde_json::{Map, Value, json};

use super::objects::slices::{LAST_CHANGE, conditions, endpoint};
use super::objects::{condition, pod as pod_object};
use super::plan::{Health, MAX_ENDPOINTS_PER_SLICE, Plan, is_ready};
use super::random::Random;
use crate::object::{metadata_mut, metadata_str};
use crate::patch::Style;
use crate::resources::{ENDPOINT_SLICES, PODS};
use crate::status::Status;
use crate::store::{Origin, Store};

/// One in this many failing Pods is replaced.
const REPLACE_ONE_IN: u32 = 8;
/// Maximum number of writes of a slice that another writer changes meanwhile.
const MAX_WRITES: usize = 8;

/// The further changes.
#[derive(Debug)]
pub(crate) struct Churn {
    plan: Plan,
    random: Random,
    addresses: Vec<Addresses>,
    /// Pods that become ready again, the one that failed first at the front.
    unready: VecDeque<usize>,
}

/// The addresses of one Node.
#[derive(Clone, Debug, Default)]
struct Addresses {
    /// One bit per address.
    taken: [u64; 4],
    /// The address that was assigned last.
    last: u8,
}

impl Churn {
    pub(super) fn new(plan: Plan) -> Self {
        let mut addresses = vec![Addresses::default(); plan.scale.nodes as usize];
        for pod in &plan.pods {
            addresses[usize::from(pod.node)].take(pod.host);
        }
        Self { plan, random: Random::new(0), addresses, unready: VecDeque::new() }
    }

    /// The time between two changes; `None` if there are no changes.
    pub(crate) fn interval(&self) -> Option<Duration> {
        let changes = self.plan.scale.changes;
        (changes > 0 && !self.plan.pods.is_empty()).then(|| Duration::from_secs(1) / changes)
    }

    /// Makes the next change: a Pod stops being ready, becomes ready again, or is replaced.
    ///
    /// # Errors
    ///
    /// An object cannot be written, because another writer has changed it.
    pub(crate) fn step(&mut self, store: &Store) -> Result<(), Status> {
        // After some time as many Pods become ready as stop being ready.
        let most = (self.plan.pods.len() / 300).clamp(1, 300);
        let back = self.unready.len() >= most || self.random.below(2) == 0;
        if let Some(pod) = self.unready.pop_front_if(|_| back) {
            return self.set_readiness(store, pod, Health::Ready);
        }
        let Some(pod) = self.random_ready_pod() else { return Ok(()) };
        let replaced = self.plan.pods[pod].service.is_some() && self.random.below(REPLACE_ONE_IN) == 0;
        self.unready.push_back(pod);
        if replaced { self.replace(store, pod) } else { self.set_readiness(store, pod, Health::Unready) }
    }

    /// A ready Pod; `None` if 64 random Pods are all not ready.
    fn random_ready_pod(&mut self) -> Option<usize> {
        let all = u32::try_from(self.plan.pods.len()).unwrap_or(u32::MAX);
        let ready = |pod: &usize| self.plan.pods.get(*pod).is_some_and(|pod| pod.health == Health::Ready);
        (0..64).map(|_| self.random.below(all) as usize).find(ready)
    }

    /// Sets a Pod's readiness, as the kubelet does after a probe.
    fn set_readiness(&mut self, store: &Store, index: usize, health: Health) -> Result<(), Status> {
        self.plan.pods[index].health = health;
        let now = now();
        // Null removes the old reason and message of the condition.
        let mut change = Map::from_iter(["reason", "message"].map(|field| (field.to_owned(), Value::Null)));
        if let Value::Object(condition) = condition(health, &now) {
            change.extend(condition);
        }
        let patch = Map::from_iter([("status".to_owned(), json!({"conditions": [change]}))]);
        let pod = &self.plan.pods[index];
        let (namespace, name) = (self.plan.namespace(pod), self.plan.pod_name(pod));
        match store.patch_in(&PODS, &namespace, &name, patch, Style::Strategic, true) {
            Ok(_) => {
                self.update_slice(store, index, &name, &now, |endpoint| endpoint["conditions"] = conditions(health))
            }
            Err(status) => self.handle_write_error(index, status),
        }
    }

    /// Deletes a Pod and creates another one in its place, maybe on another Node. The new Pod is not ready yet.
    fn replace(&mut self, store: &Store, index: usize) -> Result<(), Status> {
        let old = self.plan.pods[index].clone();
        let (namespace, old_name) = (self.plan.namespace(&old), self.plan.pod_name(&old));
        if let Err(status) = store.delete_in(&PODS, &namespace, &old_name, &Value::Null) {
            return self.handle_write_error(index, status);
        }
        self.addresses[usize::from(old.node)].free(old.host);
        let now = now();
        let (node, host) = self.choose_node(old.node);
        let created = loop {
            let number =
                old.service.and_then(|service| self.plan.services.get_mut(service as usize)).map_or(0, |service| {
                    service.named += 1;
                    service.named - 1
                });
            let pod = &mut self.plan.pods[index];
            (pod.node, pod.host, pod.health, pod.number) = (node, host, Health::Unready, number);
            let Value::Object(object) = pod_object(&self.plan, &self.plan.pods[index], &now) else { return Ok(()) };
            match store.create_in(&PODS, &namespace, object, Origin::Client) {
                // Another writer has a Pod of this name: the next name is tried.
                Err(status) if status.reason == "AlreadyExists" => {}
                created => break created?.decode()?,
            }
        };
        let uid = metadata_str(&created, "uid").unwrap_or_default();
        let endpoint = endpoint(&self.plan, &self.plan.pods[index], uid);
        self.update_slice(store, index, &old_name, &now, |old| *old = endpoint.clone())
    }

    /// A Node with room for one more Pod, and the Pod's address there.
    fn choose_node(&mut self, before: u16) -> (u16, u8) {
        let nodes = self.plan.scale.nodes;
        let others = (0..8).map(|_| self.random.below(nodes)).filter(|node| is_ready(*node));
        let others: Vec<u16> = others.filter_map(|node| u16::try_from(node).ok()).collect();
        let free = |node: &u16| self.addresses[usize::from(*node)].count() < super::PODS_PER_NODE;
        // The Pod's old Node has room: it has one Pod less than before.
        let node = others.into_iter().find(free).unwrap_or(before);
        (node, self.addresses[usize::from(node)].next())
    }

    /// Changes the endpoint of the Pod that had this name, as the slice controller does.
    fn update_slice(
        &self,
        store: &Store,
        index: usize,
        name: &str,
        now: &str,
        change: impl Fn(&mut Value),
    ) -> Result<(), Status> {
        let Some(number) = self.plan.pods[index].service else { return Ok(()) };
        let Some(service) = self.plan.services.get(number as usize).filter(|service| service.selects()) else {
            return Ok(());
        };
        let namespace = self.plan.namespace(&self.plan.pods[index]);
        let place = u32::try_from((index - service.pods.start) / MAX_ENDPOINTS_PER_SLICE).unwrap_or(u32::MAX);
        let slice = self.plan.slice_name(number, place);
        let mut written = Ok(());
        for _ in 0..MAX_WRITES {
            let Some(object) = store.object(&ENDPOINT_SLICES, &namespace, &slice) else { return Ok(()) };
            let mut object = object.decode()?;
            let endpoints = object.get_mut("endpoints").and_then(Value::as_array_mut);
            let Some(found) = endpoints.and_then(|all| all.iter_mut().find(|one| one["targetRef"]["name"] == name))
            else {
                return Ok(());
            };
            change(found);
            let annotations = metadata_mut(&mut object).entry("annotations").or_insert_with(|| json!({}));
            if let Value::Object(annotations) = annotations {
                annotations.insert(LAST_CHANGE.to_owned(), now.into());
            }
            // The object still has its resourceVersion, so another writer's change is not overwritten.
            written = store.update_in(&ENDPOINT_SLICES, &namespace, &slice, object, false).map(|_| ());
            if !matches!(&written, Err(status) if status.reason == "Conflict") {
                break;
            }
        }
        written
    }

    /// Handles the error of a write: a Pod that another writer deleted is left alone from now on; any other error is returned.
    fn handle_write_error(&mut self, index: usize, status: Status) -> Result<(), Status> {
        self.plan.pods[index].health = Health::Gone;
        self.unready.retain(|pod| *pod != index);
        if status.code == 404 { Ok(()) } else { Err(status) }
    }
}

impl Addresses {
    fn bit(host: u8) -> (usize, u64) {
        (usize::from(host / 64), 1 << (host % 64))
    }

    fn take(&mut self, host: u8) {
        let (word, bit) = Self::bit(host);
        self.taken[word] |= bit;
        self.last = self.last.max(host);
    }

    fn free(&mut self, host: u8) {
        let (word, bit) = Self::bit(host);
        self.taken[word] &= !bit;
    }

    fn count(&self) -> u32 {
        self.taken.iter().map(|word| word.count_ones()).sum()
    }

    /// Takes the next free address after the last one, cyclically (`host-local`): .0 is the network, .1 the Node, .255 the broadcast
    /// address.
    fn next(&mut self) -> u8 {
        let after = (1..=u8::MAX).map(|step| self.last.wrapping_add(step));
        let free = |host: &u8| {
            let (word, bit) = Self::bit(*host);
            (2..255).contains(host) && self.taken[word] & bit == 0
        };
        // At most 250 of 253 addresses are taken.
        let host = after.into_iter().find(free).unwrap_or(self.last);
        self.take(host);
        self.last = host;
        host
    }
}

fn now() -> String {
    let now = jiff::Timestamp::now();
    jiff::Timestamp::from_second(now.as_second()).unwrap_or(now).to_string()
}
