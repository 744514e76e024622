### What `kubehop` says where it cannot start.

serve-sandbox-api-without-sandbox = --sandbox-api 提供的是沙盒的 API：请加上 --sandbox，或者去掉它
serve-sandbox-api-on-loopback = --sandbox-api { $address }：能访问沙盒 API 的人都可以写入，所以只在回环地址上提供：请用 127.0.0.1
serve-port-in-use = { $flag } { $address }：{ $error }；这个端口被别的程序占用：请换一个，或用 0 任选一个空闲的
serve-port-not-permitted = { $flag } { $address }：{ $error }；请选 1023 以上的端口
serve-address-not-here = { $flag } { $address }：{ $error }；本机没有这个地址
serve-no-address = { $flag } { $address }：{ $error }；请写地址和端口，例如 127.0.0.1:3000
serve-no-such-context = --context { $context }：没有这个上下文；{ $file } 里有：{ $known }
serve-no-current-context = --kubeconfig：没有 current-context；请用 --context 选一个；{ $file } 里有：{ $known }
serve-no-cluster =
    没有配置集群。请用下面的一种：
      kubeconfig：用 --kubeconfig 或 $KUBECONFIG 指定文件，或把它放在 ~/.kube/config，并带有 current-context；
      in-cluster：在 Pod 里以服务账号运行 kubehop；
      --sandbox： 不用集群，在内置的沙盒里看看
serve-no-cluster-for-context = --context { $context }：{ $problem }
serve-no-scenario = --sandbox={ $value }：{ $error }
scenario-unknown = 没有这个场景；有：{ $known }
scenario-scale-form = { $wrong }：{ $form }[,每秒 CHANGES]，例如 scale:5000,150000,10000 或 scale:5,100,20,0
scenario-three-or-four = 需要三个或四个数字
scenario-changes = 每秒 CHANGES
scenario-no-number = { $number } 是 `{ $text }`，不是数字；可以是 { $least } 到 { $most }
scenario-out-of-range = { $number } 是 { $text }；可以是 { $least } 到 { $most }
scenario-too-many-pods = PODS：{ $nodes } 个 Node、每个最多 { $each } 个 Pod，放不下 { $pods } 个 Pod；请最多用 { $most } 个 Pod，或至少用 { $least } 个 Node
serve-no-sandbox-file = --sandbox={ $value }：文件无法读取：{ $error }
serve-failed = 运行失败：{ $error }
