use super::*;

#[test]
fn every_kind_is_watched_or_part_of_one_that_is() {
    for kind in Kind::ALL {
        assert!(Kind::WATCHED.contains(&kind.watched()), "{kind}");
        assert_eq!(kind.watched() == kind, Kind::WATCHED.contains(&kind), "{kind}");
        assert_eq!(Kind::parse(kind.as_str()), Some(kind));
    }
    assert_eq!(Kind::EndpointSlice.parts().collect::<Vec<_>>(), [Kind::Endpoint]);
    assert_eq!(Kind::Pod.parts().count(), 0);
    assert!(Kind::EndpointSlice.has_manifest() && !Kind::Endpoint.has_manifest());
}

#[test]
fn every_watched_kind_has_a_version_and_a_resource_of_its_own() {
    let mut resources: Vec<GroupResource> = Kind::WATCHED.iter().map(|kind| kind.api().group_resource()).collect();
    resources.sort();
    resources.dedup();
    assert_eq!(resources.len(), Kind::WATCHED.len());
    for kind in Kind::WATCHED {
        assert!(!kind.api().version().is_empty(), "{kind}");
    }
}

#[test]
fn paths_are_those_of_the_api() {
    let path = |kind: Kind, namespace| kind.api().path(kind.api().version(), namespace);
    assert_eq!(path(Kind::Pod, ""), "/api/v1/pods");
    assert_eq!(path(Kind::Pod, "shop"), "/api/v1/namespaces/shop/pods");
    assert_eq!(path(Kind::Node, "shop"), "/api/v1/nodes");
    assert_eq!(path(Kind::EndpointSlice, "shop"), "/apis/discovery.k8s.io/v1/namespaces/shop/endpointslices");
    assert_eq!(Kind::EndpointSlice.api().group_resource().to_string(), "endpointslices.discovery.k8s.io");
    assert_eq!(Kind::Pod.api().group_resource().to_string(), "pods");
}

#[test]
fn an_object_is_of_a_kind_by_group_version_and_name() {
    assert_eq!(Kind::of_object("v1", "Service"), Some(Kind::Service));
    assert_eq!(Kind::of_object("discovery.k8s.io/v1", "EndpointSlice"), Some(Kind::EndpointSlice));
    assert_eq!(Kind::of_object("discovery.k8s.io/v1beta1", "EndpointSlice"), Some(Kind::EndpointSlice));
    assert_eq!(Kind::of_object("networking.k8s.io/v1beta1", "ServiceCIDR"), Some(Kind::ServiceCIDR));
    assert_eq!(Kind::of_other_version("discovery.k8s.io/v1alpha1", "EndpointSlice"), Some(Kind::EndpointSlice));
    assert_eq!(Kind::of_other_version("discovery.k8s.io/v1", "EndpointSlice"), None);
    assert_eq!(Kind::of_other_version("serving.knative.dev/v1", "Service"), None);
    for (api_version, kind) in [
        ("serving.knative.dev/v1", "Service"),
        ("v1", "EndpointSlice"),
        ("discovery.k8s.io/v1alpha1", "EndpointSlice"),
        ("/v1", "Pod"),
        ("v1", "Endpoint"),
        ("v1", "Secret"),
        ("", "Pod"),
    ] {
        assert_eq!(Kind::of_object(api_version, kind), None, "{api_version} {kind}");
    }
}
