### What `kubehop doctor` finds.

doctor-answers = { $server } 有应答
doctor-version = Kubernetes { $version }
doctor-version-too-old = Kubernetes { $version }：kubehop 需要 1.{ $oldest } 才有的 EndpointSlice；请升级
doctor-no-version = 服务器不告诉它的版本

## Permissions.

doctor-permitted = { $kind }：可以 list 和 watch
doctor-permitted-everywhere = { $kind }：在所有命名空间里可以 list 和 watch
doctor-permitted-in = { $kind }：在命名空间 { $namespace } 里可以 list 和 watch
doctor-absent-service-cidr = { $kind }：这个集群没有这种资源；请用 --service-cidr 给出网段
doctor-absent = { $kind }：这个集群没有这种资源
doctor-shown-only-in = { $kind }：只显示 { $namespaces } 里的。{ $problem }
doctor-no-manifests = { $kind }：页面上没有清单。{ $problem }

## kube-proxy's settings.

doctor-setting-from-flag = { $setting }：{ $value }，由参数给出
doctor-setting-from-config-map = { $setting }：{ $value }，读自 ConfigMap { $config_map }
doctor-setting-assumed = { $setting }：{ $value }，是假定的；如果 kube-proxy 不是这样运行的，请用 { $flag } 给出
doctor-mode-not-evaluated = proxy-mode：不评估 { $mode } 模式的规则；由它们决定的结果都是 UNKNOWN，并给出 iptables 模式下的结果
# In place of a value.
doctor-no-value = 无
