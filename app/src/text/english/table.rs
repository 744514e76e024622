use crate::text::TableWords;
use crate::text::grouped;

pub(super) const TABLE: TableWords = TableWords {
    caption: "Services, Pods with hostPorts and other Pods, by namespace, from the address that a client uses to the container",
    service: "Service",
    ways_in: "Reached by",
    cluster_ip_port: "Cluster IP : port",
    target_port: "→ targetPort",
    container_port: "→ containerPort",
    endpoints: "Endpoints",
    pods: "Pods",
    chain: "nodePort → port → targetPort → containerPort",
    no_service: "no Service",
    node: "Node",
    showing: |shown, all| format!("Showing {} of {} Services", grouped(shown), grouped(all)),
    showing_host_ports: |shown, all| format!(", {} of {} Pods with hostPorts", grouped(shown), grouped(all)),
    more: |n| format!("Show {n} more"),
    copy: |program| format!("Copy {program}"),
    details: "Rules and details",
};
