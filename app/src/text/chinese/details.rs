use topology::health::{Readiness, Trouble};

use crate::text::DetailsWords;

pub(super) const DETAILS: DetailsWords = DetailsWords {
    manifest: "清单",
    show_all: "全部显示",
    show_less: "收起",
    copy_manifest: "复制清单",
    manifest_trouble: |reason| format!("无法显示：{reason}。"),
    changes: "最近的变化",
    no_changes: "自 kubehop 开始观察以来，没有变化。",
    created: "已创建",
    deleted: "已删除",
    unset: "未设置",
    problems: "问题",
    errors: |n| format!("{n} 个错误"),
    warnings: |n| format!("{n} 个警告"),
    verdict: |trouble| match trouble {
        Trouble::Refused { .. } => "REJECT".to_owned(),
        Trouble::NoAddress(_) => "NODATA".to_owned(),
        Trouble::Dropped { .. } => "DROP".to_owned(),
        Trouble::NotReady { readiness: Readiness { ready, total, .. }, .. } => format!("{ready}/{total} 就绪"),
        Trouble::NotKnown => "未知".to_owned(),
    },
    namespaces: "命名空间",
    open_of: |open, all| format!("{all} 个中打开了 {open} 个"),
    namespace: "命名空间",
    services: "Service",
    pods: "Pod",
    actions: "复制与导出",
    copy_link: "复制链接",
    copy_text: "复制为文本",
    take_away: "导出",
    svg: "图片（SVG）",
    png: "图片（PNG）",
    mermaid: "路径（复制为 Mermaid）",
    json: "当前数据（JSON）",
    by_hand: "浏览器没有给本页剪贴板权限，请从这里复制：",
    refused: |reason| match reason {
        "" => "图片画不出来。".to_owned(),
        reason => format!("服务器没有给出结果：{reason}"),
    },
};
