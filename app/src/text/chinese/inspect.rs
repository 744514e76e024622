use topology::rules::Does;
use topology::settings::{ProxyMode, Source};
use topology::trace::Outcome;

use crate::text::{HopWords, InspectorWords, OutcomeWords, SummaryWords};

pub(super) const OUTCOME: OutcomeWords = OutcomeWords {
    short: |outcome| match outcome {
        Outcome::Endpoints => "送达",
        Outcome::Reject => "REJECT：立即拒绝",
        Outcome::Drop => "DROP：超时",
        Outcome::Unhandled => "不做转换",
        Outcome::HostPort => "经 hostPort 送达",
        Outcome::Direct => "直接送达",
        Outcome::Ambiguous => "有歧义",
        Outcome::PolicyDeny => "被策略拒绝",
        Outcome::Unknown => "未知",
    },
    delivered_to: |n| format!("送达：在 {n} 个端点中随机选 1 个"),
    delivered_to_only: "送达唯一可用的端点",
    delivered_by_node: "送达，但去往哪些端点因 Node 而异",
    host_port: "经 hostPort 直达 Pod",
    direct: "送达 Pod，不做任何转换",
    direct_sentence: "送达 Pod，不做任何转换。",
    reject: "REJECT：立即拒绝",
    reject_detail: "客户端会看到“connection refused”。",
    drop: "DROP：超时",
    drop_detail: "客户端会一直等到放弃。",
    unhandled: "不做转换：没有规则匹配",
    ambiguous: "无法判断：匹配的规则不止一条",
    policy_deny: "被 NetworkPolicy 拦下：超时",
    unknown: "未知：已知的信息不足以判断",
    differs: "结果因 Node 而异",
    several: |n| format!("{n} 个目的地址，各自判断"),
    dns_answers: |n| format!("DNS 返回 {n} 个 Pod IP"),
    asymmetric: "部分端点的应答不经过做转换的 Node，这些连接会失败。",
};

pub(super) const HOP: HopWords = HopWords {
    arrives: |node| format!("到达 {node}"),
    sent: |node| format!("从 {node} 发出"),
    dnat: "DNAT",
    dnat_masquerade: "DNAT 与源地址伪装",
    reject: "被 kube-proxy 拒绝",
    drop: "被 kube-proxy 丢弃",
    dnat_host_port: "按 hostPort 做 DNAT",
    routed: "路由到 Pod，不做转换",
    source: "src",
    destination: "dst",
    header: |text| {
        let text = text.replace(", egress IP", " 的出口 IP").replace("a Pod", "某个 Pod");
        text.replace(" or one of ", " 或其余 ").replace(" more", " 个之一").replace(" or ", " 或 ")
    },
};

pub(super) const INSPECTOR: InspectorWords = InspectorWords {
    close: "关闭",
    on_node: |kind, node| format!("{node} 上的 {kind}"),
    gone: "这里没有这个地址",
    gone_detail: "它已经消失，或者不在打开的命名空间里。",
    four_ports: "沿途的端口",
    node_port: "nodePort",
    host_port: "hostPort",
    port: "port",
    target_port: "targetPort",
    container_port: "containerPort",
    not_declared: "未声明",
    packet: "数据包",
    rules_of: |node, mode| format!("{node} 的规则，{mode}"),
    rules_of_many: |n, mode| format!("{n} 个 Node 上相同，{mode}"),
    endpoints: "端点",
    share: "占比",
    out: "不发送",
    out_by_policy: "就绪，但被流量策略或拓扑提示排除",
    address: "地址与 Pod",
    node: "Node",
    in_container: |container| format!("容器 {container}"),
    and_more: |n| format!("还有 {n} 个"),
    by_node: "各个 Node",
    outcome: "结果",
    endpoint_count: "端点数",
    either: "以下之一",
    destinations: "目的地址",
    destination: "地址",
    reached_by: "可以从这些地址到达",
    opened_on_node: "开在它上面的端口",
    reached_by_none: "没有 Service 或 hostPort 通向这里。",
    rules: "kube-proxy 规则",
    rule: |does| match does {
        Does::Port(port) => format!("目的端口 {port}"),
        Does::Destination(address) => format!("目的地址 {address}"),
        Does::SourceRanges => "限定来源网段".to_owned(),
        Does::Masquerade => "标记源地址伪装".to_owned(),
        Does::External => "保留源地址".to_owned(),
        Does::Choose(1) => String::new(),
        Does::Choose(n) => format!("{n} 选 1"),
        Does::Probability(value) => format!("p {value}"),
        Does::Otherwise => "其余".to_owned(),
        Does::OneOf(n) => format!("{n} 个中的 1 个"),
        Does::Reject => "拒绝".to_owned(),
        Does::Drop => "丢弃".to_owned(),
    },
    traced: "追踪",
    source: |kind, pod, ip, node| {
        let on = node.map(|node| format!(" {node} 上")).unwrap_or_default();
        match kind {
            "external" => format!("来自集群外的 {ip}"),
            "pod" if pod.is_empty() => "来自某个 Pod，在哪个 Node 上都一样".to_owned(),
            "pod" => format!("来自{on} Pod {pod}，{ip}"),
            "pod-ip" => format!("来自{on} Pod IP {ip}"),
            "localhost" => format!("来自{on}的进程，走回环地址"),
            _ => format!("来自{on}的进程，{ip}"),
        }
    },
    dns_answer: "DNS 应答",
    dns_says: |rcode| match rcode {
        "NXDOMAIN" => "没有这个名称",
        "NODATA" => "名称存在，但没有这种类型的记录",
        _ => "",
    },
    dns_detail: "Service 的全名是 NAME.NAMESPACE.svc；同一命名空间里的 Pod 只写 NAME 就能找到。",
    name_resolves: "名称可以解析",
    name_needs_port: "在后面加上端口，写成 NAME:PORT，就能继续追踪数据包。",
    would_reach: |services| format!("{services} 本会通向这里，但在这种状态下不会向它发送任何流量。"),
    check: "验证",
    from_inside: "在集群内执行",
    copy: "复制",
    copied: "已复制",
    assumes: |mode, source| {
        let mode = match mode {
            ProxyMode::Iptables => "iptables",
            ProxyMode::Nftables => "nftables",
        };
        match source {
            Source::Default => format!("kube-proxy 模式 {mode}：按默认值假定。"),
            Source::Flag => format!("kube-proxy 模式 {mode}：由参数指定。"),
            Source::ConfigMap => format!("kube-proxy 模式 {mode}：读自它的 ConfigMap。"),
        }
    },
    policy_unevaluated: "NetworkPolicy 不参与判断。",
    also_elsewhere: |names| format!("图中只有 {names}。服务端了解全部命名空间，结论相同。"),
    differs_elsewhere: "算上全部命名空间，结论不同",
    only_open: |names| format!("只看了 {names}：这里假定其他命名空间的 Service 和 Pod 没有占用同一地址和端口。"),
};

pub(super) const SUMMARY: SummaryWords = SummaryWords {
    cluster: "集群",
    in_view: |services, pods, nodes| {
        format!("图中有 {services} 个 Service、{pods} 个 Pod 和 {nodes} 个 Node。选中任意地址，查看它的路径。")
    },
    nothing_open: |services, pods, nodes| {
        format!("共 {services} 个 Service、{pods} 个 Pod 和 {nodes} 个 Node。打开一个命名空间，查看其中的地址。")
    },
    ranges: "地址范围",
    node_ip: "Node IP",
    pod_ip: "Pod IP",
    cluster_ip: "Cluster IP",
    virtual_ip: "虚拟",
    node_port: "nodePort",
    node_port_range: "30000–32767",
    assumed_default: "假定为默认值",
    from_flag: "由参数指定",
    from_config_map: "读自它的 ConfigMap",
    kube_proxy: "kube-proxy",
    mode: "模式",
    node_port_on: "nodePort 开在",
    node_port_everywhere: "每个 Node 的所有地址",
    node_port_primary: "每个 Node 的主地址",
    what_is_known: "已知的信息",
    policies: "NetworkPolicy",
    not_evaluated: "不参与判断",
};
