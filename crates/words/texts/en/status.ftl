### How fresh the data is, and what is wrong with the connection.

status-connecting = Connecting
# $pods (Number) - Number of Pods that are known already.
# $services (Number) - Number of Services that are known already.
status-connecting-so-far = Connecting: { $pods ->
        [one] { $pods } Pod
       *[other] { $pods } Pods
    }, { $services ->
        [one] { $services } Service
       *[other] { $services } Services
    } so far
# $kinds (String) - The kinds whose first list is under way.
status-still-loading = The first list is under way: { $kinds }.
status-live = Live
# $seconds (Number) - Delay of the last changes, in s.
status-behind = Live, { $seconds } s behind
status-paused = Paused
# $changes (Number) - Number of changes that wait.
status-paused-waiting = Paused, { $changes ->
        [one] { $changes } change
       *[other] { $changes } changes
    } waiting
status-stale = Stale
# $time (String) - The time of day.
status-stale-since = Stale since { $time }
# $time (String) - The time of day.
# $kinds (String) - The kinds that are of an earlier moment.
status-stale-kinds = Stale since { $time }: { $kinds }.
# $time (String) - The time of day.
status-lost-since = Connection lost at { $time }
# $kinds (String) - The kinds.
status-forbidden-kinds = No permission to list and watch { $kinds }: what depends on it is unknown.
# $answer (String) - What was refused, and what would grant it.
status-refused = The API server says: { $answer }
# $problem (String) - What is wrong with the connection to the cluster.
status-cluster-trouble = Cluster: { $problem }
status-no-answer = The kubehop server does not answer. Trying again.
# $reason (String) - What the server or the browser says.
status-no-answer-because = The kubehop server does not answer ({ $reason }). Trying again.
