### The frame of the page: labels of its landmarks, what stands in place of the picture, the zoom.

frame-context = 上下文
frame-namespaces = 命名空间
frame-all-namespaces = 全部
frame-dismiss = 知道了
frame-top-label = 显示范围
frame-heads-label = 各列
frame-picture-label = 集群网络：从客户端到容器
frame-legend-label = 图例
frame-inspector-label = 详情
# In place of the picture while the first lists are under way.
frame-waiting = 正在等 API server 返回首批列表。
frame-still-picture = 这是某一时刻的静态图，启用 JavaScript 后会实时更新。
frame-zoom = 缩放：调整每组显示的详细程度
frame-zoom-in = 放大
frame-zoom-out = 缩小
