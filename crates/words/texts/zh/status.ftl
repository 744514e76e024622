### How fresh the data is, and what is wrong with the connection.

status-connecting = 正在连接
status-connecting-so-far = 正在连接：已有 { $pods } 个 Pod，{ $services } 个 Service
status-still-loading = 还在读取首批列表：{ $kinds }。
status-live = 实时
status-behind = 实时，落后 { $seconds } 秒
status-paused = 已暂停
status-paused-waiting = 已暂停，{ $changes } 处变更待显示
status-stale = 数据已旧
status-stale-since = { $time } 起未更新
status-stale-kinds = { $time } 起未更新：{ $kinds }。
status-lost-since = { $time } 起连接中断
status-forbidden-kinds = 没有权限 list 和 watch { $kinds }，与之相关的结论一律未知。
status-refused = API server 的答复：{ $answer }
status-cluster-trouble = 集群：{ $problem }。
status-no-answer = kubehop 服务没有应答，正在重试。
status-no-answer-because = kubehop 服务没有应答（{ $reason }），正在重试。
