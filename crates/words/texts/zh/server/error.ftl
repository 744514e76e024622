### 写错的内容在哪里：参数、URL 的参数、批处理的一行。

error-in-text = { $parameter } { $text }：{ $error }
error-in-parameter = { $parameter }：{ $error }
error-no-question = `{ $line }` 不是 SRC DST [NODE] 的形式
error-stdin-twice = --batch - 和 -f -：stdin 只能用于其中之一

## 集群的文件有什么错误，前面是位置。

file-unreadable = { $file }：无法读取：{ $error }
file-place = { $place }，{ $part }
file-document = 第 { $document } 个文档
file-line = 第 { $line } 行
file-column = 第 { $column } 列
file-repeated-object = { $kind } { $object } 在 { $file } 第 { $line } 行也有，内容却不同：请去掉其中一个
