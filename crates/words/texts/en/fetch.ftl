### The page's own words, where the kubehop server says nothing.

# $seconds (Number) - How long was waited, in s.
fetch-no-answer = no answer within { $seconds } s
# $reason (String) - What cannot be read of it.
fetch-undecodable = the answer does not decode: { $reason }
