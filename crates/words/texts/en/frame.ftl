### The frame of the page: labels of its landmarks, what stands in place of the picture, the zoom.

frame-context = Context
frame-namespaces = Namespaces
frame-all-namespaces = all
frame-dismiss = Dismiss
frame-top-label = What is shown
frame-heads-label = Lanes
frame-picture-label = Network of the cluster, from client to container
frame-legend-label = Legend
frame-inspector-label = Details
# In place of the picture while the first lists are under way.
frame-waiting = Waiting for the first lists from the API server.
frame-still-picture = This is a still picture of one moment: it becomes live with JavaScript.
frame-zoom = Zoom: less or more of each group
frame-zoom-in = Zoom in
frame-zoom-out = Zoom out
