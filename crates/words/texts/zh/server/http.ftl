### The details of HTTP errors.

http-query-does-not-parse = 查询无法解析：{ $reason }
http-missing = 缺少 { $parameter }：{ $usage }
http-no-flag = { $parameter }：`{ $value }` 既不是 true 也不是 false
http-no-selection = { $parameter }：`{ $value }` 无法识别；正确的写法如 nodePort:192.168.56.12:30001
http-no-choice = { $parameter }：`{ $value }` 无法识别；可选的是 { $one } 和 { $other }
http-no-kind = kind：kubehop 不读取 `{ $kind }`
http-no-namespace = { $parameter }：`{ $value }` 不能作命名空间的名称
http-not-namespaced = namespace：{ $kind } 不属于任何命名空间
http-no-cursor = { $parameter } `{ $value }` 不是游标：正确的写法如 `0f3c9a21-42`
http-no-name = name：`{ $name }` 不能作 { $kind } 的名称
http-no-manifest-of-kind = kind：没有 { $kind } 的清单；有清单的是 { $others }
http-no-context = 没有上下文 `{ $context }`；有的是：{ $known }
http-namespace-not-shown = 这个 kubehop 只显示命名空间 { $shown }，不显示 { $namespace }

## An object and its manifest.

http-not-connected = kubehop 还没有连上这个集群
http-manifest-too-long = { $kind } { $object }：截短注解后，清单仍超过 { $kilobytes } kB
http-manifest-not-written = { $kind } { $object }：{ $reason }
http-other-answer = { $server } 返回的不是 { $kind } { $object }
http-no-object = { $server } 没有 { $kind } { $object }，或已经没有了

## Requests, and who sends them.

http-no-api-path = API 没有路径 { $path }
http-no-file = 没有这个页面或文件
http-only-get = kubehop 只读：请用 GET
http-only-health = 这里只有 /livez、/readyz 和 /metrics
http-outside-base-path = 按 --base-path，kubehop 在 { $path }/
http-path-does-not-parse = 路径无法解析
http-url-too-long = URL 有 { $length } 字节：超过 { $longest } 的不读取
http-no-coding = Accept-Encoding 拒绝了应答的所有形式：请接受 gzip、br 或 identity
http-body = kubehop 只读：请求不带正文
http-too-slow = { $seconds } 秒内没有结果：服务器太忙
http-busy = 正在回答的问题太多：请稍后再试
http-stopping = 正在停止
http-no-host = 请求需要一个 Host 头：NAME[:PORT]
http-misdirected-on-loopback = Host：kubehop 不以 { $host } 这个名称应答：请用 localhost、127.0.0.1 或 [::1]，或用 --allow-host { $host } 启动它
http-misdirected = Host：kubehop 不以 { $host } 这个名称应答：请用它的 IP 地址或 localhost，或用 --allow-host { $host } 启动它
http-other-origin = Origin：另一个网站（{ $origin }）不能读取这个集群。如果那里是 kubehop 的代理，请用 --allow-host 加上那个名称启动它
http-cross-site = Sec-Fetch-Site：{ $site }：别的网站的页面可以链接到 kubehop，但不能读取或嵌入它

## What is wrong with a question, by its parameter.

question-wrong-from = from：{ $reason }
question-wrong-to = to：{ $reason }
question-nothing-selected = select：没有 { $selection }
