//! Measures time and memory of decoding JSON to facts: `cargo bench -p topology --bench decode`.
//!
//! The objects are as large as those of a real cluster: most of a Pod are fields that no fact keeps (env, volumes, managedFields).

#![expect(clippy::disallowed_methods, reason = "a benchmark reads the clock, and runs in no browser")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::hint::black_box;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use topology::cluster::index::Object;
use topology::cluster::key::Kind;
use topology::decode::from_json;

const PODS: usize = 10_000;
const SLICES: usize = 1_000;
const ENDPOINTS: usize = 100;
/// Number of times that all objects are decoded. The fastest run is printed: other programs only make runs slower.
const RUNS: usize = 15;

fn main() {
    println!("decoding, the fastest of {RUNS} runs over all objects; one object at a time");
    println!("{:<40} {:>10} {:>8} {:>9} {:>12} {:>8}", "objects", "JSON", "time", "speed", "allocations", "kept");
    let pods: Vec<Vec<u8>> = (0..PODS).map(|n| pod(n).to_string().into_bytes()).collect();
    measure("Pods", Kind::Pod, &pods);
    let slices: Vec<Vec<u8>> = (0..SLICES).map(|n| slice(n).to_string().into_bytes()).collect();
    measure("EndpointSlices of 100 endpoints", Kind::EndpointSlice, &slices);
}

fn decode(kind: Kind, json: &[u8]) -> Object {
    from_json(kind, json).expect("it is JSON").expect("it has a name")
}

fn measure(name: &str, kind: Kind, objects: &[Vec<u8>]) {
    let bytes: usize = objects.iter().map(Vec::len).sum();
    let mut runs: Vec<Duration> = Vec::new();
    for _ in 0..RUNS {
        let start = Instant::now();
        for json in objects {
            drop(black_box(decode(kind, black_box(json))));
        }
        runs.push(start.elapsed());
    }
    runs.sort();
    let time = runs[0];
    let (calls, live) = (CALLS.load(Relaxed), LIVE.load(Relaxed));
    let facts: Vec<Object> = objects.iter().map(|json| decode(kind, json)).collect();
    let calls = CALLS.load(Relaxed) - calls;
    let kept = LIVE.load(Relaxed) - live;
    drop(facts);
    println!(
        "{:<40} {:>8} B {:>5.1} µs {:>4.0} MB/s {:>12.1} {:>6} B",
        format!("{} {name}", objects.len()),
        bytes / objects.len(),
        time.as_secs_f64() * 1e6 / objects.len() as f64,
        bytes as f64 / time.as_secs_f64() / 1e6,
        calls as f64 / objects.len() as f64,
        kept / objects.len(),
    );
}

static CALLS: AtomicUsize = AtomicUsize::new(0);
static LIVE: AtomicUsize = AtomicUsize::new(0);

/// Counts allocations and currently allocated bytes.
struct Counting;

#[expect(unsafe_code, reason = "an allocator is unsafe to implement; this one only counts around the system's")]
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        CALLS.fetch_add(1, Relaxed);
        LIVE.fetch_add(layout.size(), Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size(), Relaxed);
        unsafe { System.dealloc(at, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn labels(n: usize) -> Value {
    json!({"app.kubernetes.io/name": format!("service-{}", n % 1_000), "app.kubernetes.io/instance": "production",
        "pod-template-hash": format!("{:010x}", n * 7_919), "tier": "backend"})
}

/// Metadata of the size that a controller and the kubelet write.
fn metadata(kind: &str, n: usize) -> Value {
    let fields = |names: &[&str]| -> Value {
        names
            .iter()
            .map(|name| ((*name).to_owned(), json!({"f:value": {}, ".": {}})))
            .collect::<serde_json::Map<_, _>>()
            .into()
    };
    let of_controller =
        fields(&["f:labels", "f:ownerReferences", "f:containers", "f:dnsPolicy", "f:volumes", "f:affinity"]);
    let of_kubelet =
        fields(&["f:conditions", "f:containerStatuses", "f:hostIP", "f:phase", "f:podIP", "f:podIPs", "f:startTime"]);
    json!({"name": format!("{kind}-{n}"), "namespace": format!("namespace-{}", n % 50), "uid": format!("00000000-0000-4000-8000-{n:012}"),
        "resourceVersion": format!("{}", 1_000_000 + n), "generation": 1, "creationTimestamp": "2026-11-01T08:00:00Z",
        "generateName": format!("{kind}-"), "labels": labels(n), "annotations": {"kubernetes.io/config.seen": "2026-11-01T08:00:00Z",
            "checksum/config": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        "ownerReferences": [{"apiVersion": "apps/v1", "kind": "ReplicaSet", "name": format!("service-{}", n % 1_000), "uid": "1", "controller": true}],
        "managedFields": [
            {"manager": "kube-controller-manager", "operation": "Update", "apiVersion": "v1", "time": "2026-11-01T08:00:00Z", "fieldsType": "FieldsV1", "fieldsV1": of_controller},
            {"manager": "kubelet", "operation": "Update", "apiVersion": "v1", "time": "2026-11-01T08:00:09Z", "fieldsType": "FieldsV1", "subresource": "status", "fieldsV1": of_kubelet}]})
}

/// A Pod of two containers, with env, volumes and probes.
fn pod(n: usize) -> Value {
    let env: Vec<Value> =
        (0..12).map(|each| json!({"name": format!("SETTING_{each}"), "value": format!("value-{each}-{n}")})).collect();
    let container = |name: &str, port: u16| {
        json!({"name": name, "image": format!("registry.example.com/team/{name}:1.2.3"), "env": env,
            "ports": [{"name": "http", "containerPort": port, "protocol": "TCP"}, {"name": "metrics", "containerPort": port + 1000, "protocol": "TCP"}],
            "resources": {"requests": {"cpu": "100m", "memory": "128Mi"}, "limits": {"memory": "256Mi"}},
            "volumeMounts": [{"name": "config", "mountPath": "/etc/config"}, {"name": "token", "mountPath": "/var/run/secrets", "readOnly": true}],
            "readinessProbe": {"httpGet": {"path": "/ready", "port": port, "scheme": "HTTP"}, "periodSeconds": 10, "failureThreshold": 3},
            "terminationMessagePath": "/dev/termination-log", "imagePullPolicy": "IfNotPresent"})
    };
    let status = |name: &str| {
        json!({"name": name, "ready": true, "started": true, "restartCount": 0, "image": "registry.example.com/team/web:1.2.3",
            "imageID": "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "containerID": format!("containerd://{n:064}"), "state": {"running": {"startedAt": "2026-11-01T08:00:05Z"}}, "lastState": {}})
    };
    let condition = |name: &str| json!({"type": name, "status": "True", "lastProbeTime": null, "lastTransitionTime": "2026-11-01T08:00:05Z"});
    let conditions: Vec<Value> =
        ["PodReadyToStartContainers", "Initialized", "Ready", "ContainersReady", "PodScheduled"].map(condition).into();
    let ip = format!("10.{}.{}.{}", 128 + n / 65_536, n / 256 % 256, n % 256);
    json!({"apiVersion": "v1", "kind": "Pod", "metadata": metadata("pod", n),
        "spec": {"nodeName": format!("node-{}", n % 100), "containers": [container("web", 8080), container("proxy", 9090)],
            "volumes": [{"name": "config", "configMap": {"name": "config", "defaultMode": 420}},
                {"name": "token", "projected": {"defaultMode": 420, "sources": [{"serviceAccountToken": {"path": "token", "expirationSeconds": 3607}}]}}],
            "restartPolicy": "Always", "terminationGracePeriodSeconds": 30, "dnsPolicy": "ClusterFirst", "serviceAccountName": "default",
            "schedulerName": "default-scheduler", "tolerations": [{"key": "node.kubernetes.io/not-ready", "operator": "Exists", "effect": "NoExecute", "tolerationSeconds": 300}],
            "enableServiceLinks": true, "preemptionPolicy": "PreemptLowerPriority", "priority": 0},
        "status": {"phase": "Running", "conditions": conditions, "hostIP": "172.18.0.2", "hostIPs": [{"ip": "172.18.0.2"}],
            "podIP": ip, "podIPs": [{"ip": ip}], "startTime": "2026-11-01T08:00:00Z",
            "containerStatuses": [status("web"), status("proxy")], "qosClass": "Burstable"}})
}

fn slice(n: usize) -> Value {
    let endpoint = |each: usize| {
        let pod = n * ENDPOINTS + each;
        json!({"addresses": [format!("10.{}.{}.{}", 128 + pod / 65_536, pod / 256 % 256, pod % 256)],
            "conditions": {"ready": true, "serving": true, "terminating": false}, "nodeName": format!("node-{}", pod % 100),
            "targetRef": {"kind": "Pod", "namespace": format!("namespace-{}", n % 50), "name": format!("pod-{pod}"), "uid": format!("00000000-0000-4000-8000-{pod:012}")},
            "zone": "zone-1", "hints": {"forZones": [{"name": "zone-1"}]}})
    };
    let mut metadata = metadata("slice", n);
    metadata["labels"] = json!({"kubernetes.io/service-name": format!("service-{n}"), "endpointslice.kubernetes.io/managed-by": "endpointslice-controller.k8s.io"});
    json!({"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "metadata": metadata, "addressType": "IPv4",
        "ports": [{"name": "http", "port": 8080, "protocol": "TCP"}], "endpoints": (0..ENDPOINTS).map(endpoint).collect::<Vec<_>>()})
}
