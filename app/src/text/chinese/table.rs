use crate::text::TableWords;
use crate::text::grouped;

pub(super) const TABLE: TableWords = TableWords {
    caption: "按命名空间列出 Service、带 hostPort 的 Pod 和其余 Pod：从客户端使用的地址到容器",
    service: "Service",
    ways_in: "访问入口",
    cluster_ip_port: "Cluster IP : port",
    target_port: "→ targetPort",
    container_port: "→ containerPort",
    endpoints: "端点",
    pods: "Pod",
    chain: "nodePort → port → targetPort → containerPort",
    no_service: "无 Service",
    node: "Node",
    showing: |shown, all| format!("显示 {} 个 Service 中的 {} 个", grouped(all), grouped(shown)),
    showing_host_ports: |shown, all| format!("，{} 个带 hostPort 的 Pod 中的 {} 个", grouped(all), grouped(shown)),
    more: |n| format!("再显示 {n} 个"),
    copy: |program| format!("复制 {program}"),
    details: "规则与详情",
};
