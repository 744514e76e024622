use topology::graph::{EndpointState, Note};
use topology::health::{Readiness, Trouble, Why};
use topology::socket::SocketKind;
use topology::trace::Outcome;

use crate::text::{CardWords, SocketWords};

pub(super) const CARD: CardWords = CardWords {
    outside: "集群外",
    any_client: "任意客户端",
    port: "port",
    target_port: "targetPort",
    port_not_mapped: "port，不做映射",
    dns_gives_pod_ips: "DNS 返回 Pod IP",
    headless: "无头服务",
    no_cluster_ip: "没有 Cluster IP",
    dns_only: "没有 Cluster IP，只有 DNS",
    outside_unchecked: "集群外：没有 Pod，也没有探针",
    outside_dns: "集群外：DNS 返回这个域名",
    state: |state| match state {
        EndpointState::Ready => "就绪",
        EndpointState::NotReady => "未就绪",
        EndpointState::Terminating => "正在终止",
    },
    ready_unchecked: "就绪（未探测）",
    no_endpoints: "没有端点",
    no_selector: "没有选择器",
    endpoints: |n| format!("{n} 个端点"),
    pods: |n| format!("{n} 个 Pod"),
    ports: |n| format!("{n} 个端口"),
    ready_of: |ready, total| format!("{ready}/{total} 就绪"),
    ready: |n| format!("{n} 个就绪"),
    end: |outcome| match outcome {
        Outcome::Reject => ("REJECT", "立即拒绝"),
        Outcome::Drop => ("DROP", "超时无应答"),
        Outcome::PolicyDeny => ("POLICY_DENY", "超时无应答"),
        Outcome::Unhandled => ("UNHANDLED", "无人转换"),
        Outcome::Ambiguous => ("AMBIGUOUS", "两条规则都匹配"),
        Outcome::Unknown => ("UNKNOWN", "无法判断"),
        Outcome::Endpoints | Outcome::HostPort | Outcome::Direct => ("", "已送达"),
    },
    note,
    trouble,
    not_declared: "未声明",
    no_ip: "还没有 IP",
    pod_not_known: "找不到",
    by_hand: "手工维护",
    mirrored: "镜像自 Endpoints",
    managed_by: |who| format!("由 {who} 维护"),
    any_of_nodes: |n| format!("{n} 个 Node 中任意一个"),
    more_nodes: |n| format!("还有 {n} 个 Node"),
    node_process: |node| format!("{node} 自身的进程"),
    showing_nodes: |shown, all| format!("列出 {shown} 个，共 {all} 个 Node"),
    nodes: |n| format!("{n} 个 Node"),
    node_ready: "就绪",
    node_not_ready: "未就绪",
    all_nodes_ready: "全部就绪",
    nodes_not_ready: |n| format!("{n} 个未就绪"),
    pod_cidr: "Pod 网段",
    namespace_counts: |services, pods| format!("{services} 个 Service，{pods} 个 Pod"),
    pods_without_service: "不属于任何 Service 的 Pod",
    rules_evaluated_here: "规则在此求值",
};

fn note(note: &Note) -> String {
    match note {
        Note::HostPort => "hostPort：直达 Pod，不经 Service 和端点".into(),
        Note::CName => "CNAME，不做代理".into(),
        Note::Dead(Why::NoSlice) => "没有 EndpointSlice".into(),
        Note::Dead(Why::EmptySlice) => "EndpointSlice 为空".into(),
        Note::Dead(Why::NoneReady) => "没有一个就绪".into(),
        Note::Dead(Why::NoPortMatches) => "没有端点的端口名和协议与它一致".into(),
        Note::Endpoints { addresses, mirrored: true } => format!("镜像自 Endpoints：{addresses} 个地址"),
        Note::Endpoints { addresses, mirrored: false } => format!("Endpoints 里也有：{addresses} 个地址（仅供对照）"),
        Note::NotKnown => "未知".into(),
    }
}

fn trouble(trouble: &Trouble) -> String {
    let why = |why: &Why| note(&Note::Dead(*why));
    match trouble {
        Trouble::Refused { all: true, why: reason } => format!("REJECT：{}", why(reason)),
        Trouble::Refused { all: false, why: reason } => format!("部分端口 REJECT：{}", why(reason)),
        Trouble::NoAddress(reason) => format!("DNS 没有地址可答：{}", why(reason)),
        Trouble::Dropped { nodes, on, of } => {
            let more = if *on > nodes.len() { "…" } else { "" };
            format!("{of} 个 Node 中有 {on} 个 DROP，本机没有端点：{}{more}", nodes.join("、"))
        }
        Trouble::NotReady { readiness: Readiness { ready, terminating, total }, because } => {
            let out = total - ready - terminating;
            let because = because.as_ref().map(|because| format!("：{because}")).unwrap_or_default();
            format!("{total} 个中有 {out} 个未就绪{because}")
        }
        Trouble::NotKnown => "未知：读不到它的 EndpointSlice".to_owned(),
    }
}

pub(super) const SOCKET: SocketWords = SocketWords {
    name: |kind| match kind {
        SocketKind::NodeIp => "Node IP",
        SocketKind::NodePort => "nodePort",
        SocketKind::HostPort => "hostPort",
        SocketKind::ClusterIp => "Cluster IP",
        SocketKind::Port => "port",
        SocketKind::Dns => "DNS 名称",
        SocketKind::Endpoint => "端点",
        SocketKind::PodIp => "Pod IP",
        SocketKind::ContainerPort => "containerPort",
        SocketKind::External => "集群外地址",
        SocketKind::ExternalIp => "外部 IP",
        SocketKind::LoadBalancerIp => "负载均衡 IP",
    },
    sentence: |kind| match kind {
        SocketKind::NodeIp => "集群里一台机器的地址。nodePort 和 hostPort 都开在它上面。",
        SocketKind::NodePort => {
            "kube-proxy 在每个 Node 上为某个 Service 打开的端口。从集群外访问时，用任意一个 Node 的地址加上它即可，除非 externalTrafficPolicy 是 Local。"
        }
        SocketKind::HostPort => {
            "某个 Pod 的端口，只开在这个 Pod 所在的 Node 上，别的 Node 没有。由 CNI 插件映射，不经过 Service。"
        }
        SocketKind::ClusterIp => {
            "Service 在集群内的地址。它是虚拟的：没有任何网卡拥有它，由各个 Node 上的 kube-proxy 把它换成某个端点的地址。在多数集群里 ping 不通。"
        }
        SocketKind::Port => {
            "Service 的端口，与 Cluster IP 或 Service 名称一起使用。容器监听的是 targetPort，两者可以不同。"
        }
        SocketKind::Dns => {
            "Service 的名称。集群 DNS 返回它的 Cluster IP；无头服务返回各个 Pod IP；ExternalName 返回另一个域名。"
        }
        SocketKind::Endpoint => "EndpointSlice 里的一行：一个地址加一个端口，就绪期间 Service 会把连接发给它。",
        SocketKind::PodIp => {
            "一个 Pod 的地址，从任何 Node 和 Pod 都能访问。Pod 没了地址也就没了，新的 Pod 会得到新的地址。"
        }
        SocketKind::ContainerPort => "容器声明的端口。声明本身并不打开端口，真正起作用的是进程监听在哪里。",
        SocketKind::External => "集群外的目标。kubehop 只看得到地址，看不到那里是否有人应答。",
        SocketKind::ExternalIp => {
            "spec.externalIPs 里的地址。每个 Node 上的 kube-proxy 都接收发往它的数据包，但要有别人把数据包路由到那里。"
        }
        SocketKind::LoadBalancerIp => "负载均衡器分配给 Service 的地址。在集群内，通常由 kube-proxy 直接代为处理。",
    },
    label: |kind, address, object| format!("{} {address}，{object}", (SOCKET.name)(kind)),
    label_state: |label, state| format!("{label}，{state}"),
    selected: "已选中",
    on_path: "在路径上",
};
