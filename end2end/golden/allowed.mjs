// The differences from the base that are meant. Each names the commit that brings it.
//
// A key of a JSON answer that the base does not have:
//
//   { what: 'json', parts: ['trace', 'api'], at: /^evaluations\[\](\.alternatives\[\])*$/, add: 'because',
//     since: 'Reasons are values', why: 'design §4.2: the reason as a code with arguments' },
//
// - `parts` are the first words of the report's groups for which the entry holds.
// - `at` is the path of the object that gets the key, as the report prints it, or a pattern of such paths; '' is the whole answer.
// - `add` is the key. Only an addition is allowed: a key that goes, and a value that changes, is always reported.
// - `bytes: true` in place of `at` and `add` allows the same values in another order or spelling. It is compared where nothing else differs.
//
// Lines of a text, or of HTML and SVG:
//
//   { what: 'markup', parts: ['page'], path: /footer>a @href$/, line: /docs\.example/, since: 'A link to the docs', why: '…' },
//
// - `what` is `text` or `markup`. `path` is a pattern of the group's path, for markup only.
// - `line` is a pattern that each line of the difference (the base's, the new one) must match.
//
// An entry that allowed nothing is printed at the end of the report: take it out when the base is a later commit.

export const allowed = [];
