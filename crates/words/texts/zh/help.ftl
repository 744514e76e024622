### The help: keys, and the signs of the picture.

help-title = 按键与图例
help-close = 关闭
help-keys = 按键
help-key-search = 搜索地址、端口或名称
help-key-problems = 问题：哪里不通，为什么
help-key-filter = 筛选：只看或隐藏符合条件的内容
help-key-tab = 按数据包的顺序，跳到下一个地址
help-key-along-path = 沿路径走到上一个或下一个地址
help-key-in-lane = 走到同一列里上面或下面的地址
help-key-group = 转到下一个或上一个 Service
help-key-panel = 转到右侧面板，再按一次回到图中
help-key-enter = 选中地址，点亮它的路径
help-key-escape = 取消选择，或关闭打开的菜单
help-key-zoom = 放大、缩小，也可以按住 Ctrl 滚动滚轮
help-key-no-zoom = 恢复到 100 %
help-key-graph = 看图
help-key-table = 看表
help-key-pause = 暂停画面，变更先攒着，继续后一并显示
help-key-help = 打开这份帮助

## Shapes: what an address is.

help-shapes = 形状：这是哪种地址
help-shape-ip = 不带端口的地址：Node、Pod 或 Service 的 IP
help-shape-port = 端口：Service 的 port、容器端口、Node 上的 nodePort
help-shape-host-port = hostPort：某个 Pod 的端口，开在它所在的 Node 上
help-shape-pair = 带端口的地址：EndpointSlice 里的一行
help-shape-pods = Pod 的入口：Cluster IP 只在集群内有应答
help-shape-dns = 集群 DNS 认识的名称

## Lines: what goes between addresses.

help-lines = 线条：它们之间走什么
help-line-packet = 数据包走这条路
help-line-path = 所选地址的数据包走这条路
help-line-unused = 有这条路，但现在没有数据包走
help-line-dns = 只有 DNS 指到这里，客户端自己去连解析出的地址

## States of an endpoint.

help-states = 端点的状态
help-state-ready = 会收到新连接
help-state-not-ready = 就绪探针失败，不会收到新连接
help-state-terminating = Pod 正在退出，只有在没有其他就绪端点时才收到新连接
help-state-broken = 路径到此为止：立即拒绝（REJECT），或没有应答（DROP）
help-state-outside = 在集群外，kubehop 无法判断那里是否有人应答
