### The page's own words, where the kubehop server says nothing.

fetch-no-answer = { $seconds } 秒内没有应答
fetch-undecodable = 答复无法解码：{ $reason }
