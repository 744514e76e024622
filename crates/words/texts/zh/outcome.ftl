outcome-reject = REJECT：立即被拒绝
outcome-delivered-to-one-of = 送达：随机发往 { $count } 个可用端点之一
