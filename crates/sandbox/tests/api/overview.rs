use sandbox::{Sandbox, resources};
use serde_json::{Value, json};

use crate::client::get;

fn rows(sandbox: &Sandbox, resource: &resources::Resource, paths: &[&str]) -> Vec<String> {
    let row = |object: &Value| {
        let cell = |path: &&str| match object.pointer(path) {
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
            None => "-".to_owned(),
        };
        paths.iter().map(cell).collect::<Vec<_>>().join(" ")
    };
    sandbox.store().list(resource, None).iter().map(row).collect()
}

#[test]
fn nodes_and_pods_match_the_mock() {
    let overview = Sandbox::overview();
    let nodes = rows(&overview, &resources::NODES, &["/metadata/name", "/status/addresses/0/address", "/spec/podCIDR"]);
    assert_eq!(
        nodes,
        ["node1 192.168.56.11 10.244.1.0/24", "node2 192.168.56.12 10.244.2.0/24", "node3 192.168.56.13 10.244.3.0/24"]
    );
    let paths =
        ["/metadata/name", "/status/podIP", "/spec/nodeName", "/spec/containers/0/name", "/metadata/labels/app"];
    assert_eq!(
        rows(&overview, &resources::PODS, &paths),
        [
            "influxdb 10.244.3.14 node3 influxdb influxdb",
            "nginx-6d4cf56db6-4kq8v 10.244.1.5 node1 nginx nginx",
            "nginx-6d4cf56db6-9x2ct 10.244.2.7 node2 nginx nginx",
            "nginx-6d4cf56db6-tz6wd 10.244.3.9 node3 nginx nginx",
            "web-0 10.244.1.6 node1 nginx web-sts",
            "web-1 10.244.2.9 node2 nginx web-sts",
            "web-2 10.244.3.7 node3 nginx web-sts",
            "coredns-7c65d6cfc9-b4xq2 10.244.1.2 node1 coredns -",
            "coredns-7c65d6cfc9-hn8rj 10.244.2.2 node2 coredns -",
        ]
    );
    let influxdb = overview.store().get(&resources::PODS, "default", "influxdb").unwrap();
    assert_eq!(
        influxdb["spec"]["containers"][0]["ports"][0],
        json!({"containerPort": 8086, "hostPort": 8086, "protocol": "TCP"})
    );
}

#[test]
fn services_match_the_mock() {
    let paths = [
        "/metadata/name",
        "/spec/type",
        "/spec/clusterIP",
        "/spec/ports/0/port",
        "/spec/ports/0/targetPort",
        "/spec/ports/0/nodePort",
        "/spec/ports/0/name",
    ];
    assert_eq!(
        rows(&Sandbox::overview(), &resources::SERVICES, &paths),
        [
            "mysql-production ClusterIP 10.96.83.14 3306 3306 - -",
            "nginx-admin NodePort 10.96.61.7 8080 80 30002 -",
            "nginx-service NodePort 10.96.114.20 30080 80 30001 -",
            "reports ExternalName - - - - -",
            "web-sts ClusterIP None 80 80 - -",
            "kube-dns ClusterIP 10.96.0.10 53 53 - dns",
        ]
    );
}

#[test]
fn endpoints_match_the_mock_and_its_order() {
    let overview = Sandbox::overview();
    let mut endpoints = Vec::new();
    for slice in overview.store().list(&resources::ENDPOINT_SLICES, None) {
        endpoints.push(slice["metadata"]["name"].as_str().unwrap().to_owned());
        for endpoint in slice["endpoints"].as_array().unwrap() {
            let states = ["ready", "serving", "terminating"];
            let on = states.into_iter().filter(|state| endpoint["conditions"][state] == true).collect::<Vec<_>>();
            endpoints.push(format!("{} {}", endpoint["addresses"][0].as_str().unwrap(), on.join(" ")));
            let name = endpoint["targetRef"]["name"].as_str();
            let namespace = slice["metadata"]["namespace"].as_str().unwrap();
            let pod = name.map(|name| overview.store().get(&resources::PODS, namespace, name).unwrap());
            if let Some(pod) = pod {
                assert_eq!(pod["metadata"]["uid"], endpoint["targetRef"]["uid"]);
                assert_eq!(pod["status"]["podIP"], endpoint["addresses"][0]);
                assert_eq!(pod["spec"]["nodeName"], endpoint["nodeName"]);
            }
        }
    }
    assert_eq!(
        endpoints,
        [
            "mysql-production",
            "192.168.1.25 ",
            "nginx-admin-qw8zn",
            "nginx-service-7xk2f",
            "10.244.1.5 ready serving",
            "10.244.2.7 ready serving",
            "10.244.3.9 ",
            "web-sts-c9vmx",
            "10.244.1.6 ready serving",
            "10.244.2.9 ready serving",
            "10.244.3.7 serving terminating",
            "kube-dns-l6v9p",
            "10.244.1.2 ready serving",
            "10.244.2.2 ready serving",
        ]
    );
}

#[test]
fn the_proxy_settings_and_the_service_range_are_there() {
    let overview = Sandbox::overview();
    let proxy = overview.store().get(&resources::CONFIG_MAPS, "kube-system", "kube-proxy").unwrap();
    let config = proxy["data"]["config.conf"].as_str().unwrap();
    assert!(config.contains("mode: iptables\n") && config.contains("clusterCIDR: 10.244.0.0/16"), "{config}");
    assert_eq!(
        rows(&overview, &resources::SERVICE_CIDRS, &["/metadata/name", "/spec/cidrs/0"]),
        ["kubernetes 10.96.0.0/12"]
    );
}

#[tokio::test]
async fn discovery_names_every_resource_where_it_is_served() {
    let router = Sandbox::overview().router();
    assert_eq!(get(&router, "/version").await.1["gitVersion"], "v1.37.2");
    assert_eq!(get(&router, "/readyz").await, (200, "ok".into()));
    assert_eq!(get(&router, "/api").await.1["versions"], json!(["v1"]));
    let (_, groups) = get(&router, "/apis").await;
    let mut paths = vec!["/api/v1".to_owned()];
    for group in groups["groups"].as_array().unwrap() {
        let name = group["name"].as_str().unwrap();
        assert_eq!(get(&router, &format!("/apis/{name}")).await.1["kind"], "APIGroup");
        paths.push(format!("/apis/{}", group["preferredVersion"]["groupVersion"].as_str().unwrap()));
    }
    let mut served = 0;
    for path in paths {
        let (_, list) = get(&router, &path).await;
        for resource in list["resources"].as_array().unwrap() {
            let name = resource["name"].as_str().unwrap();
            if !name.contains('/') {
                assert_eq!(get(&router, &format!("{path}/{name}")).await.0, 200, "{path}/{name}");
                served += 1;
            }
        }
    }
    assert_eq!(served, resources::ALL.len());
}
