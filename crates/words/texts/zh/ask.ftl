### The From and To bar.

ask-label = 追踪数据包
ask-from = 从
ask-to = 到
ask-trace = 追踪
# In the empty field From.
ask-from-anywhere = 集群外，或某个 Pod
# In the empty field To.
ask-to-example = IP:端口、名称或对象
ask-assumed-outside = { $ip }（集群外）
ask-assumed-pod = 某个 Pod

## What a text that is offered stands for.

ask-client-outside = 集群外的客户端
ask-pod = Pod
ask-node-process = Node 上的进程
ask-node-loopback = Node 上的进程，走回环地址
