// The differences between two answers to one question. An answer is JSON, markup (HTML, SVG) or other text.
import { jsonDifferences } from './json.mjs';
import { lineDifferences } from './lines.mjs';
import { linesWithin, markupLines, pathOf } from './markup.mjs';

/** The path of a difference in bytes only: the same values in another order or notation. */
export const BYTES = '(order or spelling)';

/**
 * Lists `{ what, kind, path, base, now }`. `what` is how the answers were compared: `json`, `markup` or `text`. An answer that should be
 * JSON and is not is compared as text.
 */
export function answerDifferences(what, base, now) {
  if (base === now) return [];
  if (what === 'json') {
    const [before, after] = [parsed(base), parsed(now)];
    if (before && after) return named('json', jsonDifferences(before.value, after.value).flatMap(byLines), base, now);
    return textDifferences(base, now);
  }
  return what === 'markup' ? markupDifferences(base, now) : textDifferences(base, now);
}

function parsed(text) {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** Compares a text of several lines within JSON line by line. */
function byLines(difference) {
  const { kind, path, base, now } = difference;
  const isText = [base, now].every((text) => typeof text === 'string' && text.includes('\n'));
  const found = kind === 'changed' && isText && lineDifferences(base.split('\n'), now.split('\n'));
  return found ? found.map((one) => ({ ...one, path: `${path} line` })) : [difference];
}

function textDifferences(base, now) {
  const found = lineDifferences(base.split('\n'), now.split('\n')) ?? another(base, now);
  return named('text', found.map((one) => ({ ...one, path: 'line' })), base, now);
}

function markupDifferences(base, now) {
  const [before, after] = [markupLines(base), markupLines(now)];
  const found = lineDifferences(before.lines, after.lines);
  if (!found) return named('markup', another(base, now), base, now);
  return named('markup', wholeElements(found, before, after).map((one) => ({ ...one, path: pathOf(one.base ?? one.now) })), base, now);
}

/** Reports an added or removed element as one difference, with all its content. */
function wholeElements(found, before, after) {
  const left = [];
  for (let n = 0; n < found.length; n += 1) {
    const { kind, at } = found[n];
    const within = kind === 'changed' ? 0 : linesWithin(kind === 'removed' ? before : after, at);
    let more = 0;
    while (more < within && found[n + more + 1]?.kind === kind && found[n + more + 1].at === at + more + 1) more += 1;
    const whole = (line) => line && more > 0 ? `${line} with ${more} more lines` : line;
    left.push({ ...found[n], base: whole(found[n].base), now: whole(found[n].now) });
    n += more;
  }
  return left;
}

const another = (base, now) => [{ kind: 'changed', path: 'whole text', base: `${base.length} characters`, now: `${now.length} characters` }];

function named(what, found, base, now) {
  if (found.length > 0) return found.map((one) => ({ what, ...one }));
  const [before, after] = around(base, now);
  return [{ what, kind: 'changed', path: BYTES, base: before, now: after }];
}

/** Both texts around the first character that differs. */
function around(base, now) {
  let at = 0;
  while (at < base.length && base[at] === now[at]) at += 1;
  const from = Math.max(0, at - 30);
  return [base.slice(from, at + 50), now.slice(from, at + 50)];
}
