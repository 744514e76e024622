### 写错的内容在哪里：参数、URL 的参数、批处理的一行。

error-in-text = { $parameter } { $text }：{ $error }
error-in-parameter = { $parameter }：{ $error }
error-no-question = `{ $line }` 不是 SRC DST [NODE] 的形式
error-stdin-twice = --batch - 和 -f -：stdin 只能用于其中之一
