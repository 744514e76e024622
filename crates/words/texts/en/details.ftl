### What the server tells of the selected object: its manifest and its recent changes.

details-manifest = Manifest
details-show-all = Show all
details-show-less = Show less
details-copy-manifest = Copy the manifest
# $reason (String) - What the server says.
details-manifest-trouble = It cannot be shown: { $reason }.
details-changes = Recent changes
details-no-changes = None since kubehop has been watching.
details-created = created
details-deleted = deleted
# In place of a value.
details-unset = unset
# $field (String) - The field.
# $from (String) - What it was.
# $to (String) - What it has become.
details-change = { $field }: { $from } → { $to }
