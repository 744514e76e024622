// The differences of two JSON values, each with its path: `evaluations[].endpoints[].masquerade`.

/**
 * Lists `{ kind, path, base, now }`: `kind` is `added`, `removed` or `changed`. A path has `[]` for each index of a list. An added key
 * also has its `key`, and its object's path as `parent`.
 */
export function jsonDifferences(base, now, path = '') {
  if (Object.is(base, now)) return [];
  if (Array.isArray(base) && Array.isArray(now)) return listDifferences(base, now, path);
  if (isObject(base) && isObject(now)) return objectDifferences(base, now, path);
  return [{ kind: 'changed', path, base, now }];
}

const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

function objectDifferences(base, now, path) {
  const keys = [...new Set([...Object.keys(base), ...Object.keys(now)])];
  return keys.flatMap((key) => {
    if (!Object.hasOwn(base, key)) return [{ kind: 'added', path: join(path, key), now: now[key], parent: path, key }];
    return compareKey(base, now, key, join(path, key));
  });
}

function compareKey(base, now, key, path) {
  if (!Object.hasOwn(base, key)) return [{ kind: 'added', path, now: now[key] }];
  if (!Object.hasOwn(now, key)) return [{ kind: 'removed', path, base: base[key] }];
  return jsonDifferences(base[key], now[key], path);
}

/** Compares items that have a name by name, so that a missing row is one difference, and other items by index. */
function listDifferences(base, now, path) {
  const items = `${path}[]`;
  const named = [...base, ...now].every((item) => nameOf(item) !== undefined);
  if (named && isUnique(base) && isUnique(now)) return namedDifferences(base, now, items);
  const found = [];
  for (let at = 0; at < Math.max(base.length, now.length); at += 1) {
    if (at >= base.length) found.push({ kind: 'added', path: items, now: now[at] });
    else if (at >= now.length) found.push({ kind: 'removed', path: items, base: base[at] });
    else found.push(...jsonDifferences(base[at], now[at], items));
  }
  return found;
}

function namedDifferences(base, now, path) {
  const byName = (list) => Object.fromEntries(list.map((item) => [nameOf(item), item]));
  const [before, after] = [byName(base), byName(now)];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const found = names.flatMap((name) => compareKey(before, after, name, path));
  const order = (list) => list.map(nameOf).join(', ');
  if (found.length === 0 && order(base) !== order(now)) found.push({ kind: 'changed', path, base: order(base), now: order(now) });
  return found;
}

/** A row's name is its kind and key. */
const nameOf = (item) => (isObject(item) && item.kind && item.key ? `${item.kind} ${item.key}` : undefined);

const isUnique = (list) => new Set(list.map(nameOf)).size === list.length;

function join(path, key) {
  if (!/^[\w$-]+$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path ? `${path}.${key}` : key;
}
