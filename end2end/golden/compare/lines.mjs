// The differences of two lists of lines (Myers, "An O(ND) difference algorithm").

/** Maximum number of differing lines; above it the texts count as completely different. */
const MAX_DIFFERENCES = 1500;

/**
 * Lists `{ kind, base, now, at }` in the order of the text: `kind` is `added`, `removed`, or `changed` for a replaced line; `at` is the
 * index of the removed line, or else of the added one. Returns null if more than `MAX_DIFFERENCES` lines differ.
 */
export function lineDifferences(base, now) {
  let [begin, baseEnd, nowEnd] = [0, base.length, now.length];
  while (begin < baseEnd && begin < nowEnd && base[begin] === now[begin]) begin += 1;
  while (baseEnd > begin && nowEnd > begin && base[baseEnd - 1] === now[nowEnd - 1]) [baseEnd, nowEnd] = [baseEnd - 1, nowEnd - 1];
  const steps = script(base.slice(begin, baseEnd), now.slice(begin, nowEnd));
  return steps && pairs(steps, begin);
}

/** The shortest list of steps `['-', line]`, `['+', line]` and `['=']` from one text to the other; null if it is too long. */
function script(base, now) {
  const trace = furthest(base, now);
  if (!trace) return null;
  const steps = [];
  let [x, y] = [base.length, now.length];
  for (let d = trace.length - 1; d > 0; d -= 1) {
    const { down, start } = stepTo(trace[d - 1], d, x - y);
    for (; x > start; x -= 1, y -= 1) steps.push(['=']);
    if (down) steps.push(['+', now[(y -= 1)]]);
    else steps.push(['-', base[(x -= 1)]]);
  }
  for (; x > 0; x -= 1) steps.push(['=']);
  return steps.reverse();
}

/**
 * The furthest position in the base that each diagonal `k` reaches after `d` differences, at the index `k + d`, for each `d`; null if
 * there are too many differences.
 */
function furthest(base, now) {
  const trace = [];
  for (let d = 0; d <= Math.min(MAX_DIFFERENCES, base.length + now.length); d += 1) {
    const reach = new Int32Array(2 * d + 1);
    trace.push(reach);
    for (let k = -d; k <= d; k += 2) {
      let x = d === 0 ? 0 : stepTo(trace[d - 1], d, k).start;
      while (x < base.length && x - k < now.length && base[x] === now[x - k]) x += 1;
      reach[k + d] = x;
      if (x >= base.length && x - k >= now.length) return trace;
    }
  }
  return null;
}

/** How difference number `d` enters the diagonal `k`: by an added line (`down`) or a removed one, and the position in the base after it. */
function stepTo(before, d, k) {
  const at = (diagonal) => before[diagonal + d - 1];
  const down = k === -d || (k !== d && at(k - 1) < at(k + 1));
  return { down, start: down ? at(k + 1) : at(k - 1) + 1 };
}

/** Pairs the removed and added lines within a run of changes: the first with the first, and so on. */
function pairs(steps, begin) {
  const found = [];
  let [removed, added, baseAt, nowAt] = [[], [], begin, begin];
  const flush = () => {
    for (let n = 0; n < Math.max(removed.length, added.length); n += 1) {
      if (n >= removed.length) found.push({ kind: 'added', now: added[n].line, at: added[n].at });
      else if (n >= added.length) found.push({ kind: 'removed', base: removed[n].line, at: removed[n].at });
      else found.push({ kind: 'changed', base: removed[n].line, now: added[n].line, at: removed[n].at });
    }
    [removed, added] = [[], []];
  };
  for (const [sign, line] of steps) {
    if (sign === '-') {
      removed.push({ line, at: baseAt++ });
    } else if (sign === '+') {
      added.push({ line, at: nowAt++ });
    } else {
      flush();
      [baseAt, nowAt] = [baseAt + 1, nowAt + 1];
    }
  }
  flush();
  return found;
}
