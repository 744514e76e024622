### What a reader takes away: links, texts, pictures, rows.

# The label of the bar below the inspector.
export-actions = 复制与导出
export-copy-link = 复制链接
export-copy-text = 复制为文本
export-menu = 导出
export-svg = 图片（SVG）
export-png = 图片（PNG）
export-mermaid = 路径（复制为 Mermaid）
export-json = 当前数据（JSON）
export-by-hand = 浏览器没有给本页剪贴板权限，请从这里复制：
export-no-picture = 图片画不出来。
export-refused = 服务器没有给出结果：{ $reason }

## The picture as a document of its own.

picture-title = 上下文 { $context } · 命名空间 { $namespaces }
picture-asked = { $question }：{ $verdict }
picture-to = 到 { $target }
picture-from-to = 从 { $source } 到 { $target }
picture-from-socket = 从 { $source } { $socket }
picture-showing-services = 显示 { $all } 个 Service 中的 { $drawn } 个
picture-showing-nodes = 显示 { $all } 个 Node 中的 { $drawn } 个
