### What the server tells of the selected object: its manifest and its recent changes.

details-manifest = 清单
details-show-all = 全部显示
details-show-less = 收起
details-copy-manifest = 复制清单
details-manifest-trouble = 无法显示：{ $reason }。
details-changes = 最近的变化
details-no-changes = 自 kubehop 开始观察以来，没有变化。
details-created = 已创建
details-deleted = 已删除
# In place of a value.
details-unset = 未设置
details-change = { $field }：{ $from } → { $to }
