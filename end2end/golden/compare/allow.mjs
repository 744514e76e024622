// Which differences are allowed by the entries of `allowed.mjs`.
import { BYTES } from './answers.mjs';

/** What an entry says at least, by what it is about. */
const NEEDED = {
  json: ({ bytes, line }) => ['parts', ...(bytes ? [] : ['at', line ? 'line' : 'add'])],
  text: () => ['parts', 'line'],
  markup: () => ['parts', 'path', 'line'],
};

/** Splits differences into those that no entry allows, and the entries that allowed one. */
export function withoutAllowed(entries, part, name, differences) {
  const used = new Set();
  const left = differences.filter((difference) => {
    const entry = entries.find((entry) => entry.parts.includes(part) && (entry.question?.test(name) ?? true) && entry.what === difference.what && allows(entry, difference));
    if (entry) used.add(entry);
    return !entry;
  });
  return { left, used };
}

/** Throws if an entry says too little: nothing is allowed by mistake. */
export function checkEntries(entries) {
  for (const entry of entries) {
    const needed = NEEDED[entry.what]?.(entry);
    if (!needed) throw new Error(`allowed.mjs: what is json, text or markup, not ${entry.what}`);
    // A flag would make a pattern remember where it matched last.
    if (Object.values(entry).some((value) => value instanceof RegExp && /[gy]/.test(value.flags))) throw new Error('allowed.mjs: a pattern has the flag g or y');
    const missing = [...needed, 'since', 'why'].filter((name) => entry[name] === undefined);
    if (missing.length > 0) throw new Error(`allowed.mjs: ${missing.join(', ')} missing in ${lineOf(entry)}`);
  }
}

/** An entry as a line of text. */
export const lineOf = (entry) => JSON.stringify(entry, (_, value) => (value instanceof RegExp ? String(value) : value));

function allows(entry, { kind, path, parent, key, base, now }) {
  if (entry.bytes) return path === BYTES;
  const matches = () => [base, now].every((value) => value === undefined || fits(entry.line, textOf(value)));
  if (entry.what === 'json' && entry.line) return fits(entry.at, path) && matches();
  if (entry.what === 'json') return kind === 'added' && key === entry.add && fits(entry.at, parent);
  if (entry.what === 'markup' && !fits(entry.path, path)) return false;
  return matches();
}

/** A value of JSON as the report prints it. */
const textOf = (value) => (typeof value === 'string' ? value : JSON.stringify(value));

const fits = (pattern, text) => (pattern instanceof RegExp ? pattern.test(text) : pattern === text);
