### What a reader takes away: links, texts, pictures, rows.

# The label of the bar below the inspector.
export-actions = Copy and export
export-copy-link = Copy link
export-copy-text = Copy as text
export-menu = Export
export-svg = Picture as SVG
export-png = Picture as PNG
export-mermaid = Path as Mermaid, copied
export-json = Rows as JSON
export-by-hand = This browser gives the page no clipboard. Copy it from here:
export-no-picture = The picture cannot be drawn.
# $reason (String) - What the server says.
export-refused = The server has no answer: { $reason }

## The picture as a document of its own.

# $context (String) - The context.
# $namespaces (String) - The namespaces, or all.
picture-title = Context { $context } · Namespaces { $namespaces }
# $question (String) - What the reader asked.
# $verdict (String) - What happens to the packet.
picture-asked = { $question }: { $verdict }
# $target (String) - The destination, as typed.
picture-to = To { $target }
# $source (String) - The source, as typed.
# $target (String) - The destination, as typed.
picture-from-to = From { $source } To { $target }
# $source (String) - The source, as typed.
# $socket (String) - What is selected.
picture-from-socket = From { $source } { $socket }
# $drawn (Number) - Number of Services that are drawn.
# $all (Number) - Number of Services.
picture-showing-services = showing { $drawn } of { $all } Services
# $drawn (Number) - Number of Nodes that are drawn.
# $all (Number) - Number of Nodes.
picture-showing-nodes = showing { $drawn } of { $all } Nodes
