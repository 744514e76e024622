# What happens to a packet.

outcome-reject = REJECT: refused at once
# $count (Number) - How many endpoints are usable.
outcome-delivered-to-one-of = Delivered: to one of { $count } usable endpoints, at random
