//! The sentences of an answer: its reasons and remarks.

mod begins;
mod parts;

use topology::cluster::address::ip_port;
use topology::cluster::settings::{ProxyMode, Setting, SettingSource};
use topology::path::answer::{
    Arrival, DnsAnswer, EntryKind, Evaluation, NodePortOfService, PortOfService, Reason, Remark, WrongValue,
};
use topology::path::document::{Sentences, reason};

pub(crate) use begins::Begins;
use parts::{quoted, terms};

use crate::{Language, Words};

impl Sentences for Words {
    fn reason(&self, reason: &Reason) -> String {
        match reason {
            Reason::DeliveredToEndpoints { count: 1 } => self.reason_delivered_to_only(),
            Reason::DeliveredToEndpoints { count } => self.reason_delivered_to_one_of(*count),
            Reason::KubeProxyListener => self.reason_kube_proxy_listener(),
            Reason::HostPort { pod, node } => self.reason_host_port(pod.to_string(), node),
            Reason::PodAddress { pod } => self.reason_pod_address(pod.to_string()),
            Reason::PodPortNotDeclared { pod } => self.reason_pod_port_not_declared(pod.to_string()),
            Reason::HostNetworkPod { pod, node } => self.reason_host_network_pod(pod.to_string(), node),
            Reason::PodAnswersPing { pod } => self.reason_pod_answers_ping(pod.to_string()),
            Reason::NoReadyEndpoint { service } => self.reason_no_ready_endpoint(service.to_string()),
            Reason::NodePortRefused { service } => self.reason_node_port_refused(service.to_string()),
            Reason::NoSuchPortRefused { service } => self.reason_no_such_port_refused(service.to_string()),
            Reason::LoopbackNodePortRefused { .. } => self.reason_loopback_node_port_refused(),
            Reason::NoLocalEndpoint { policy } => self.reason_no_local_endpoint(policy.as_str()),
            Reason::NodePortDropped { service } => self.reason_node_port_dropped(service.to_string()),
            Reason::SourceNotInRanges { service } => self.reason_source_not_in_ranges(service.to_string()),
            Reason::UnusedClusterIpDropped => self.reason_unused_cluster_ip_dropped(),
            Reason::NoPort => self.reason_no_port(),
            Reason::IcmpNotHandled => self.reason_icmp_not_handled(),
            Reason::PingOfClusterIp { service } => self.reason_ping_of_cluster_ip(service.to_string()),
            Reason::NoSuchPort { service, ports, .. } if ports.is_empty() => {
                self.reason_no_port_at_all(service.to_string())
            }
            Reason::NoSuchPort { service, ports, port_count } => {
                self.reason_no_such_port(service.to_string(), listed(ports, *port_count))
            }
            Reason::UnusedClusterIp => self.reason_unused_cluster_ip(),
            Reason::LoopbackOfSource => self.reason_loopback_of_source(),
            Reason::NothingRefusesOwnTraffic { service } => {
                self.reason_nothing_refuses_own_traffic(service.to_string())
            }
            Reason::NoListenerKnown { node } => self.reason_no_listener_known(node),
            Reason::EndpointOutsideCluster { service } => self.reason_endpoint_outside_cluster(service.to_string()),
            Reason::AddressOfNobody => self.reason_address_of_nobody(),
            Reason::ServiceOfOtherProxy { service, proxy } => {
                self.reason_service_of_other_proxy(service.to_string(), proxy)
            }
            Reason::HealthCheckPort { service, node, local_endpoints } => match local_endpoints {
                None => self.reason_health_check(service.to_string(), node),
                Some(0) => self.reason_health_check_failing(service.to_string(), node),
                Some(count) => self.reason_health_check_ok(service.to_string(), node, *count),
            },
            Reason::SeveralClaims => self.reason_several_claims(),
            Reason::ProxyModeNotEvaluated { mode: ProxyMode::NoKubeProxy } => self.reason_kube_proxy_replaced(),
            Reason::ProxyModeNotEvaluated { mode } => self.reason_proxy_mode_not_evaluated(mode.as_str()),
            Reason::DuplicateEndpoint { service, ip, port } => {
                self.reason_duplicate_endpoint(ip_port(*ip, *port), service.to_string())
            }
            Reason::ServicesNotKnown => self.reason_services_not_known(),
            Reason::OtherServicesNotKnown => self.reason_other_services_not_known(),
            Reason::EndpointSlicesNotKnown { .. } => self.reason_endpoint_slices_not_known(),
            Reason::EndpointSlicesNotInFiles { service, addresses: 0 } => {
                self.reason_no_endpoint_slice_in_files(service.to_string())
            }
            Reason::EndpointSlicesNotInFiles { service, addresses } => {
                self.reason_endpoint_slices_not_in_files(service.to_string(), *addresses)
            }
            Reason::EndpointSlicesNotMade { service } => self.reason_endpoint_slices_not_made(service.to_string()),
            Reason::ServiceNotApplied { service } => self.reason_service_not_applied(service.to_string()),
            Reason::NodesNotKnown => self.reason_nodes_not_known(),
            Reason::PodsNotKnown => self.reason_pods_not_known(),
            Reason::HostPortsNotKnown => self.reason_host_ports_not_known(),
            Reason::ServiceCidrsNotKnown => self.reason_service_cidrs_not_known(),
            Reason::LocalPolicyNodeNotKnown => self.reason_local_policy_node_not_known(),
            Reason::HintsNodeNotKnown => self.reason_hints_node_not_known(),
            Reason::PodCidrNodeNotKnown => self.reason_pod_cidr_node_not_known(),
            Reason::DetectorNodeNotKnown => self.reason_detector_node_not_known(),
            Reason::SourceAddressNotKnown { .. } => self.reason_source_address_not_known(),
            Reason::HostPortPodWithoutIp { .. } => self.reason_host_port_pod_without_ip(),
            Reason::SourceNodeNotKnown { node } => self.reason_source_node_not_known(node),
            Reason::SourcePodNotKnown { pod } => self.reason_source_pod_not_known(pod.to_string()),
            Reason::SourcePodEnded { pod, phase } => self.reason_source_pod_ended(pod.to_string(), phase),
            Reason::SourcePodNotScheduled { pod } => self.reason_source_pod_not_scheduled(pod.to_string()),
            Reason::DnsPolicyNone { .. } => self.reason_dns_policy_none(),
            Reason::NamespaceOfSourceNotKnown { name } => self.reason_namespace_of_source_not_known(name),
            Reason::NameOutsideDomain { name, domain } => self.reason_name_outside_domain(name, domain),
            Reason::AliasOutsideCluster { name, target } => self.reason_alias_outside_cluster(name, target),
            Reason::NamespaceNotKnown { namespace } => self.reason_namespace_not_known(namespace),
            Reason::ServiceNotKnown { service } => self.reason_service_not_known(service.to_string()),
            Reason::EndpointSlicesOfNameNotKnown { namespace } => {
                self.reason_endpoint_slices_of_name_not_known(namespace)
            }
            Reason::ServiceOfAddressNotKnown { .. } => self.reason_service_of_address_not_known(),
            Reason::EndpointOfAddressNotKnown { .. } => self.reason_endpoint_of_address_not_known(),
        }
    }

    fn reason_of_sent(&self, reason: &Reason) -> String {
        match reason {
            Reason::DeliveredToEndpoints { count: 1 } => self.reason_sent_to_only(),
            Reason::DeliveredToEndpoints { count } => self.reason_sent_to_one_of(*count),
            Reason::PodPortNotDeclared { pod } => self.reason_pod_port_declared_by_none(pod.to_string()),
            other => self.reason(other),
        }
    }

    fn remark(&self, remark: &Remark) -> String {
        match remark {
            Remark::ExternalIpAssumed { .. } => self.remark_external_ip_assumed(),
            Remark::SelectorMatchesNoPod { selector, .. } => self.remark_selector_matches_no_pod(terms(selector)),
            Remark::EndpointIsServiceAddress { ip, port, service } => {
                self.remark_endpoint_is_service_address(ip_port(*ip, *port), service.to_string())
            }
            Remark::EndpointRefused { ip, port, service } => {
                self.remark_endpoint_refused(ip_port(*ip, *port), service.to_string())
            }
            Remark::EndpointDropped { ip, port, service } => {
                self.remark_endpoint_dropped(ip_port(*ip, *port), service.to_string())
            }
            Remark::EndpointIsUnusedClusterIp { ip, port } => {
                self.remark_endpoint_is_unused_cluster_ip(ip_port(*ip, *port))
            }
            Remark::EndpointMayBeServiceAddress { ip, port } => {
                self.remark_endpoint_may_be_service_address(ip_port(*ip, *port))
            }
            Remark::LoopbackSource { node } => self.remark_loopback_source(node),
            Remark::NotRouted { address: EntryKind::PodIp } => self.remark_pod_ip_not_routed(),
            Remark::NotRouted { .. } => self.remark_cluster_ip_not_routed(),
            Remark::RepliesMissNode { endpoints: 1, of: 1 } => self.remark_reply_misses_node(),
            Remark::RepliesMissNode { endpoints, of } if endpoints == of => self.remark_all_replies_miss_node(),
            Remark::RepliesMissNode { endpoints, of } => self.remark_some_replies_miss_node(*endpoints, *of),
            Remark::HeadlessPortNotTranslated { service, port, endpoint_port } => self
                .remark_headless_port_not_translated(service.to_string(), port.to_string(), endpoint_port.to_string()),
            Remark::PortNotDeclared { pod, port, of: 1, .. } => {
                self.remark_port_not_declared(pod.to_string(), port.to_string())
            }
            Remark::PortNotDeclared { port, endpoints, of, .. } => {
                self.remark_port_not_declared_by_some(*endpoints, *of, port.to_string())
            }
            Remark::PodMissing { pod, of: 1, .. } => self.remark_pod_missing(pod.to_string()),
            Remark::PodMissing { pod, endpoints, of } => {
                self.remark_some_pods_missing(*endpoints, *of, pod.to_string())
            }
            Remark::HairpinNeedsCni { of: 1, .. } => self.remark_hairpin_needs_cni(),
            Remark::HairpinNeedsCni { of, .. } => self.remark_hairpin_of_one_needs_cni(*of),
            Remark::PoliciesNotEvaluated { namespace, policies } => {
                self.remark_policies_not_evaluated(*policies, namespace)
            }
            Remark::SettingDecides { setting, value, source, other, outcome, arrives } => {
                let setting = match setting {
                    Setting::ClusterCidr => "clusterCIDR",
                    other => other.flag().trim_start_matches("--"),
                };
                let outcome = match (outcome.delivered(), arrives) {
                    (true, false) => self.outcome_and_arrival_short(*outcome, Arrival::Never),
                    _ => outcome.as_str().to_owned(),
                };
                match (source, value.as_str()) {
                    (SettingSource::Default, "") => self.remark_setting_not_known(setting, other, outcome),
                    (_, "") => self.remark_setting_empty(setting, other, outcome),
                    _ => self.remark_setting_assumed(setting, value, other, outcome),
                }
            }
            Remark::ValueRefused { file, document, line, column, field, value, why } => {
                let place = match (*line, *column) {
                    (Some(line), Some(column)) => self.remark_position(file, *document, line, column),
                    _ => self.remark_document(file, *document),
                };
                self.remark_value_refused(place, field, self.wrong_value(*why, value.as_deref().unwrap_or_default()))
            }
            Remark::MoreValuesRefused { count } => self.remark_more_values_refused(*count),
            Remark::NotApplied { services, service_count, workloads } => {
                let mut names: Vec<String> = services.iter().map(ToString::to_string).collect();
                if *service_count > names.len() {
                    names.push("...".to_owned());
                }
                let services = (*service_count > 0)
                    .then(|| self.remark_services_without_cluster_ip(*service_count, self.list(&names)));
                let workloads = (*workloads > 0).then(|| self.remark_workloads_without_pods(*workloads));
                let what: Vec<String> = services.into_iter().chain(workloads).collect();
                self.remark_not_applied(self.list(&what))
            }
            Remark::PodHasNearLabel { pod, selector, labels } => {
                self.remark_pod_has_near_label(pod.to_string(), terms(labels), terms(selector))
            }
            Remark::PodInOtherNamespace { pod } => self.remark_pod_in_other_namespace(pod.to_string()),
            Remark::PodsHaveEnded { pod, phase, why, more } => {
                self.remark_pods_have_ended(self.pods(pod, self.phase(phase, why.as_deref()), *more))
            }
            Remark::PodsHaveNoAddress { pod, phase, why, more } => {
                self.remark_pods_have_no_address(self.pods(pod, self.phase(phase, why.as_deref()), *more))
            }
            Remark::PodsInNoSlice { pod, more } => self.remark_pods_in_no_slice(self.pods(pod, None, *more)),
            Remark::PodsNotReady { pod, why, more } => self.remark_pods_not_ready(self.pods(pod, why.clone(), *more)),
            Remark::EndpointsNotReady { ip, more } => {
                self.remark_endpoints_not_ready(self.and_more(ip.to_string(), *more))
            }
            Remark::NoSelector { service } => self.remark_no_selector(service.to_string()),
            Remark::NoEndpointSlice { service } => self.remark_no_endpoint_slice(service.to_string()),
            Remark::EndpointsNotRead { service, addresses } => {
                self.remark_endpoints_not_read(service.to_string(), *addresses)
            }
            Remark::SliceHasHeadlessLabel { slice } => self.remark_slice_has_headless_label(slice.to_string()),
            Remark::SliceOfOtherFamily { slice, address_type, asked } => {
                self.remark_slice_of_other_family(slice.to_string(), address_type.as_str(), asked.as_str())
            }
            Remark::SliceLacksPort { slice, wanted, ports } if ports.is_empty() => {
                self.remark_slice_has_no_port(quoted(wanted), slice.to_string())
            }
            Remark::SliceLacksPort { slice, wanted, ports } => {
                let ports = ports.iter().map(quoted).collect::<Vec<_>>().join(", ");
                self.remark_slice_lacks_port(quoted(wanted), slice.to_string(), ports)
            }
            Remark::TargetPortInNoContainer { pod, wanted } => {
                self.remark_target_port_in_no_container(pod.to_string(), quoted(wanted))
            }
            Remark::TargetPortInInitContainer { pod, container, wanted } => {
                self.remark_target_port_in_init_container(container, pod.to_string(), quoted(wanted))
            }
            Remark::ExistingUdpFlows => self.remark_existing_udp_flows(),
            Remark::ClientIpAffinity { service } => self.remark_client_ip_affinity(service.to_string()),
            Remark::TargetPortNotRead { target_port, port } => {
                self.remark_target_port_not_read(target_port.to_string(), port.to_string())
            }
            Remark::HintsIgnored { ip, pod } => {
                self.remark_hints_ignored(pod.as_ref().map_or_else(|| ip.to_string(), ToString::to_string))
            }
            Remark::HintsForOtherNodes => self.remark_hints_for_other_nodes(),
            Remark::FurtherAddressesNotUsed { ip, slice, count } => {
                self.remark_further_addresses_not_used(ip.to_string(), slice.to_string(), *count)
            }
            Remark::PortIsTargetPort { asked, port, .. } => {
                self.remark_port_is_target_port(asked.to_string(), port.to_string())
            }
            Remark::PortIsNodePort { asked, port, .. } => {
                self.remark_port_is_node_port(asked.to_string(), port.to_string())
            }
            Remark::PortOfOtherProtocol { asked, protocol, .. } => {
                self.remark_port_of_other_protocol(asked.to_string(), protocol.to_string())
            }
            Remark::NodePortOfPort { service, asked, port, node_port } if asked == port => {
                self.remark_node_port_of_port(port.to_string(), service.to_string(), node_port.to_string())
            }
            Remark::NodePortOfPort { service, asked, port, node_port } => self.remark_node_port_of_target_port(
                asked.to_string(),
                port.to_string(),
                service.to_string(),
                node_port.to_string(),
            ),
            Remark::NearestNodePorts { asked, node_ports } => {
                let of = |one: &NodePortOfService| {
                    self.remark_node_port_of(one.node_port.to_string(), one.service.to_string(), one.port.to_string())
                };
                self.remark_nearest_node_ports(
                    asked.to_string(),
                    self.list(&node_ports.iter().map(of).collect::<Vec<_>>()),
                )
            }
            Remark::NodePortOfOtherProtocol { service, asked, protocol } => {
                self.remark_node_port_of_other_protocol(asked.to_string(), service.to_string(), protocol.to_string())
            }
            Remark::NodePortNotOnLoopback { service, mode: ProxyMode::Nftables } => {
                self.remark_node_port_not_on_loopback_nftables(service.to_string())
            }
            Remark::NodePortNotOnLoopback { service, .. } => {
                self.remark_node_port_not_on_loopback_iptables(service.to_string())
            }
            Remark::NodePortNotOnAddress { service } => self.remark_node_port_not_on_address(service.to_string()),
            Remark::NodePortOfOtherFamily { service, asked } => {
                self.remark_node_port_of_other_family(service.to_string(), asked.as_str())
            }
            Remark::NodePortOfOtherProxy { service, proxy } => {
                self.remark_node_port_of_other_proxy(service.to_string(), proxy)
            }
            Remark::NoNodePortAllocated { service, port } => {
                self.remark_no_node_port_allocated(service.to_string(), port.to_string())
            }
            Remark::HostPortOnOtherNode { pod, node } => self.remark_host_port_on_other_node(pod.to_string(), node),
            Remark::NodesResolver { pod, host_network, exists } => {
                let pod = pod.to_string();
                match (host_network, exists) {
                    (true, true) => self.remark_nodes_resolver_host_network_exists(pod),
                    (true, false) => self.remark_nodes_resolver_host_network(pod),
                    (false, true) => self.remark_nodes_resolver_exists(pod),
                    (false, false) => self.remark_nodes_resolver(pod),
                }
            }
            Remark::ExternalNameIsAddress { service, target } => {
                self.remark_external_name_is_address(service.to_string(), target)
            }
            Remark::HeadlessWithoutEndpoint { service } => self.remark_headless_without_endpoint(service.to_string()),
            Remark::ServiceInOtherNamespace { services } => {
                let services: Vec<String> = services.iter().map(ToString::to_string).collect();
                self.remark_service_in_other_namespace(self.list(&services))
            }
            Remark::PodHasSubdomain { pod, name } => self.remark_pod_has_subdomain(pod.to_string(), name),
        }
    }

    fn joined(&self, sentence: &str, next: &str) -> String {
        self.sentence_joined(sentence, next)
    }
}

impl Words {
    /// An evaluation's reason as a complete sentence.
    pub fn whole_reason(&self, evaluation: &Evaluation, language: Language) -> String {
        self.whole(reason(evaluation, self), Begins::reason(&evaluation.because), language)
    }

    /// What is wrong with a value that the API server refuses.
    fn wrong_value(&self, why: WrongValue, value: &str) -> String {
        match why {
            WrongValue::Required => self.refused_required(),
            WrongValue::NoIp => self.refused_no_ip(value),
            WrongValue::OtherFamily => self.refused_other_family(value),
            WrongValue::ReservedIp => self.refused_reserved_ip(value),
            WrongValue::NoCidr => self.refused_no_cidr(value),
            WrongValue::NoPort => self.refused_no_port(value),
            WrongValue::NoPortName => self.refused_no_port_name(value),
            WrongValue::NoName => self.refused_no_name(value),
            WrongValue::NoSuchValue => self.refused_no_such_value(value),
            WrongValue::Repeated => self.refused_repeated(value),
        }
    }

    /// The remarks that belong to an evaluation's reason as complete sentences, without the reason; `None` if there are none.
    pub fn whole_remarks(&self, evaluation: &Evaluation, language: Language) -> Option<String> {
        self.whole_of(evaluation.remarks.iter().filter(|remark| remark.is_in_reason()), language)
    }

    /// Why a name has no address, as complete sentences; `None` if nothing is known about that.
    pub fn whole_remarks_of_name(&self, dns: &DnsAnswer, language: Language) -> Option<String> {
        self.whole_of(dns.remarks.iter(), language)
    }

    fn whole_of<'a>(&self, mut remarks: impl Iterator<Item = &'a Remark>, language: Language) -> Option<String> {
        let first = remarks.next()?;
        let all = remarks.fold(self.remark(first), |said, remark| self.joined(&said, &self.remark(remark)));
        Some(self.whole(all, Begins::remark(first), language))
    }

    /// The remarks that do not belong to an evaluation's reason, as complete sentences.
    pub fn whole_doubts(&self, evaluation: &Evaluation, language: Language) -> Vec<String> {
        let doubts = evaluation.remarks.iter().filter(|remark| !remark.is_in_reason());
        doubts.map(|remark| self.whole(self.remark(remark), Begins::remark(remark), language)).collect()
    }

    /// Adds a full stop and, in English, a capital first letter if the sentence begins with a word of ours.
    fn whole(&self, mut sentence: String, begins: Begins, language: Language) -> String {
        if let (Language::English, Begins::Word, Some(first)) = (language, begins, sentence.get_mut(..1)) {
            first.make_ascii_uppercase();
        }
        self.sentence_whole(sentence)
    }
}

/// Ports as a list, with a mark if there are more: `80, 53/udp`.
fn listed(ports: &[PortOfService], count: usize) -> String {
    let texts = ports.iter().map(|own| format!("{}{}", own.port, own.protocol.suffix()));
    let mut text = texts.collect::<Vec<_>>().join(", ");
    if count > ports.len() {
        text.push_str(", ...");
    }
    text
}
