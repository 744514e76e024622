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
file-empty-directory = { $directory }：目录里没有 .yaml、.yml 或 .json 文件
file-no-objects = { $files }：里面没有对象
file-kubectl-table = 这是 kubectl get 的表格：请用 -o yaml 输出对象
file-kubectl-description = 这是 kubectl describe 的输出：请用 kubectl get -o yaml 输出对象
file-helm-template = 这是 Helm chart 的模板：请使用 helm template 的输出
file-helm-chart = 这是 Helm chart，不是它的对象：请使用 helm template 的输出
file-kustomization = 这是 kustomization，不是它的对象：请使用 kubectl kustomize 的输出

## 不是文字的文件有什么错误。

file-archive = 这是归档文件（{ $format }）：请解包，再指定目录
file-compressed = 这是压缩文件（{ $format }）：请先解压，或者使用 gzip
file-broken-gzip = 这个 gzip 无法解压：{ $error }
file-too-long = 这个 gzip 的文字超过 { $most } GB
file-utf-32 = 这是 UTF-32：请存为 UTF-8
file-no-text = 第 { $line } 行不是文字：请把文件存为 UTF-8
