### What happens to a packet.

outcome-short-endpoints = 送达
outcome-short-reject = REJECT：立即拒绝
outcome-short-drop = DROP：超时
outcome-short-unhandled = 不做转换
outcome-short-host-port = 经 hostPort 送达
outcome-short-direct = 直接送达
outcome-short-ambiguous = 有歧义
outcome-short-policy-deny = 被策略拒绝
outcome-short-unknown = 未知
outcome-short-never = 连接失败
outcome-short-sometimes = 部分连接失败
outcome-short-not-routed = 需要另有路由

## The verdict.

outcome-delivered-to = 送达：在 { $count } 个可用的端点中随机选 1 个
outcome-delivered-to-only = 送达唯一可用的端点
outcome-delivered-by-node = 送达，但去往哪些端点因 Node 而异
outcome-host-port = 经 hostPort 直达 Pod
outcome-direct = 送达 Pod，不做任何转换
outcome-direct-sentence = 送达 Pod，不做任何转换。
outcome-never = 没有送达：连接失败
outcome-sometimes = 部分连接失败
outcome-not-routed = 从集群外无法到达，除非另有路由
outcome-reject = REJECT：立即拒绝
outcome-reject-detail = 客户端会看到“connection refused”。
outcome-drop = DROP：超时
outcome-drop-detail = 客户端会一直等到放弃。
outcome-unhandled = 不做转换：没有规则匹配
outcome-ambiguous = 无法判断：匹配的规则不止一条
outcome-policy-deny = 被 NetworkPolicy 拦下：超时
outcome-unknown = 未知：已知的信息不足以判断
outcome-differs = 结果因 Node 而异
outcome-several = { $count } 个目的地址，各自判断
outcome-dns-answers = DNS 返回 { $count } 个 Pod IP
