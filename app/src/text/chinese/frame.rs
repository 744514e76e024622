use topology::ask::What;
use topology::coverage::Known;
use topology::key::Kind;

use crate::text::{AskWords, FrameWords, KnownWords, LaneWords, LegendWords};

pub(super) const FRAME: FrameWords = FrameWords {
    product: "kubehop",
    context: "上下文",
    namespaces: "命名空间",
    all_namespaces: "全部",
    dismiss: "知道了",
    top_label: "显示范围",
    heads_label: "各列",
    picture_label: "集群网络：从客户端到容器",
    legend_label: "图例",
    inspector_label: "详情",
    waiting: "正在等 API server 返回首批列表。",
    nothing: "这些命名空间里没有 Service，也没有 hostPort。",
    still_picture: "这是某一时刻的静态图，启用 JavaScript 后会实时更新。",
    zoom: "缩放：调整每组显示的详细程度",
    zoom_in: "放大",
    zoom_out: "缩小",
    showing_services: |some, all| format!("显示 {all} 个 Service 中的 {some} 个"),
};

pub(super) const ASK: AskWords = AskWords {
    label: "追踪数据包",
    from: "从",
    to: "到",
    trace: "追踪",
    from_anywhere: "集群外，或某个 Pod",
    to_example: "IP:端口、名称或对象",
    assumed_outside: |ip| format!("{ip}（集群外）"),
    assumed_pod: "某个 Pod",
    what: |what| match what {
        What::Outside => "集群外的客户端",
        What::Pod => "Pod",
        What::Node => "Node 上的进程",
        What::Localhost => "Node 上的进程，走回环地址",
        What::Socket(kind) => (super::picture::SOCKET.name)(kind),
    },
};

pub(super) const LANES: LaneWords = LaneWords {
    client: ("客户端", "从哪里来"),
    node: ("Node 节点", "Node IP : nodePort、hostPort"),
    service: ("Service 服务", "Cluster IP : port → targetPort"),
    slice: ("EndpointSlice 端点切片", "地址 : 端口"),
    pod: ("Pod", "Pod IP"),
    container: ("容器", "containerPort"),
    any_pod: "某个 Pod",
    node_port: |port| format!("nodePort {port}"),
    host_port: |port| format!("hostPort {port}"),
    service_ports: |port, target| format!("port {port} → targetPort {target}"),
    service_port: |port| format!("port {port}"),
    in_use: |n| format!("在用 {n} 个"),
    container_port: |port| format!("containerPort {port}"),
};

pub(super) const LEGEND: LegendWords = LegendWords {
    ip: "IP",
    port: "端口",
    host_port: "hostPort",
    pair: "IP:端口",
    pods: "集群内入口",
    dns_name: "DNS 名称",
    packet: "数据包",
    path: "路径",
    unused: "不使用",
    dns_only: "仅 DNS",
    ready: "就绪",
    not_ready: "未就绪",
    terminating: "正在终止",
    broken: "不通",
    outside: "集群外",
};

pub(super) const KNOWN: KnownWords = KnownWords {
    state: |known| match known {
        Known::NotLoaded => "没有读取",
        Known::Loading => "正在读取首批列表",
        Known::Synced => "实时",
        Known::Stale => "数据已旧",
        Known::Forbidden => "没有 list 和 watch 权限",
        Known::Absent => "集群中没有这种资源",
    },
    kind: |kind| match kind {
        Kind::Node => "Node",
        Kind::Namespace => "Namespace",
        Kind::ServiceCIDR => "ServiceCIDR",
        Kind::Service => "Service",
        Kind::EndpointSlice => "EndpointSlice",
        Kind::Endpoint => "端点",
        Kind::Endpoints => "Endpoints",
        Kind::Pod => "Pod",
    },
    stale_since: |time| format!("{time} 起未更新"),
    in_namespace: |kind, namespace| format!("{namespace} 里的 {kind}"),
    in_namespaces: |kind, n| format!("{n} 个命名空间里的 {kind}"),
};
