### What keeps kubehop from a cluster's data.

access-connection-refused = 连不上 { $server } 处的 API server：连接被拒绝，那里没有进程在监听
access-no-answer-in-time = 连不上 { $server } 处的 API server：没有及时应答
access-connection-broken = 连不上 { $server } 处的 API server：连接中断
access-unreachable = 连不上 { $server } 处的 API server：{ $reason }
access-silent = { $server } 接受连接，但已有 { $seconds } 秒没有应答

## TLS, and what helps.

access-not-trusted = 与 { $server } 之间建立不了可信连接：{ $reason }；{ $remedy }
remedy-renew-client-certificate = kubeconfig 里的客户端证书已过期：请更换，kubehop 会重新读取，不用重启
remedy-renew-server-certificate = API server 的证书已过期，或本机时钟不准：请在控制平面上更换证书
remedy-use-name-of-certificate = 请使用证书里有的名称，或在 kubeconfig 里设置 tls-server-name
remedy-check-authority = 请检查 kubeconfig 里的证书颁发机构

## Credentials and permissions.

access-credentials-refused = { $server } 不接受凭据（401 { $reason }）：token 可能已过期。请重新登录，kubehop 会重新读取 kubeconfig，不用重启
access-no-credentials = 没有 { $server } 的凭据：{ $reason }
access-forbidden = { $resource }：{ $whole_cluster ->
        [true] 在整个集群范围内
       *[false] 在命名空间 { $namespace } 内
    }禁止 { $user } 执行 { $verb }；{ $cluster_role ->
        [true] 请在 ClusterRole 里授权
       *[false] 请在命名空间 { $role_namespace } 的 Role 里授权
    }：{ $rule }
access-forbidden-otherwise = { $resource }：禁止 { $verb }（403 { $reason }）；{ $cluster_role ->
        [true] 请在 ClusterRole 里授权
       *[false] 请在命名空间 { $role_namespace } 的 Role 里授权
    }：{ $rule }

## Answers.

access-not-served = { $server } 没有这种资源（404 { $reason }）
access-busy = { $server } 太忙（{ $status }，{ $seconds } 秒后再问）
access-http-error = { $server } 返回 { $status }：{ $reason }
access-version-expired = { $server } 说它刚给出的版本已经太旧（410 { $reason }）
access-list-endless = { $server } 的应答不像 Kubernetes API server：列表没有结尾，读到 { $objects } 个对象后放弃
access-other-kind = { $server } 的应答不像 Kubernetes API server：发来的是 { $found }，而不是 { $expected }
access-answer-too-large = { $server } 一次发来超过 { $megabytes } MB，其余的没有读取
access-list-without-version = { $server } 的应答不像 Kubernetes API server：它的列表没有版本
access-undecodable = { $server } 发来的内容无法解码：{ $reason }
access-unknown-event = { $server } 发来的内容无法解码：watch 里没有这种类型的事件
access-nameless-object = { $server } 发来的内容无法解码：有一个对象没有名称或没有版本
access-event-cut-short = { $server } 发来的内容无法解码：watch 的一个事件在途中被截断
access-write-refused = kubehop 只读取集群：一个 { $method } 请求在发出前被拦下
access-listed-anew = 现在可以列出整个集群，正在列出

## Configuration.

access-kubeconfig-unreadable = kubeconfig { $file }：无法读取：{ $reason }
access-file-hangs = 无法读取 { $file }：{ $seconds } 秒内没有内容；它可能是管道，或所在的文件系统没有响应
access-kubeconfig-invalid = kubeconfig { $file }：不是有效的 kubeconfig：{ $reason }
access-no-current-context = kubeconfig { $file }：没有 current-context：请用 --context 指定一个
access-no-such-context = kubeconfig { $file }：没有上下文 `{ $context }`；有的是：{ $known }
access-kubeconfig-incomplete = kubeconfig { $file }：{ $reason }
access-no-service-account = 集群内配置：{ $reason }
access-no-client = 无法为 { $server } 建立客户端：{ $reason }
access-proxy-unsupported = kubehop 不能通过代理 { $proxy } 连接 { $server }：代理的 URL 应以 http://、https:// 或 socks5:// 开头
access-plugin-hangs = 没有 { $server } 的凭据：插件 { $command } 在 { $seconds } 秒内没有结束，已被终止
access-plugin-failed = 没有 { $server } 的凭据：插件 { $command } 没有取到：{ $reason }
access-context-failed = kubehop 处理这个上下文时自己出错，{ $seconds } 秒后重新开始；详情见它的日志
access-closed = 连接已关闭
access-unknown = 只有更新版本的 kubehop 才认识的问题
