// Turns figures into the tables on the console and in the file RESULTS.md.
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';

/** The quantile of the values at `share`; the nearest value that occurred. */
export function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
}

export const median = (values) => quantile(values, 0.5);

/** A row for many values: median and p99, and their budgets, if any. */
export function spread(what, values, unit, { median: middle, p99 } = {}) {
  return row(what, { median: median(values), p99: quantile(values, 0.99) }, unit, { median: most(middle), p99: most(p99) });
}

/** A row for one value, and its budget. */
export const single = (what, value, unit, budget) => row(what, { value }, unit, { value: most(budget) });

/** A row for one value with a required minimum. */
export const atLeast = (what, value, unit, least) => row(what, { value }, unit, { value: { least } });

const most = (value) => (value === undefined ? undefined : { most: value });

function row(what, figures, unit, budget) {
  const limits = Object.entries(budget).filter(([, limit]) => limit !== undefined);
  const missed = limits.filter(([key, limit]) => figures[key] > limit.most || figures[key] < limit.least);
  return { what, figures, unit, limits, missed };
}

const HEAD = ['what', 'median, or value', 'p99', 'budget (design §6)', 'verdict'];

/** The table in Markdown, which is also readable on a console. */
export const table = (rows) => markdown([HEAD, ...rows.map(cells)]);

function cells(row) {
  const { what, figures, unit, limits, missed } = row;
  const figure = (key) => (figures[key] === undefined ? '' : `${number(figures[key])} ${unit}`);
  const allowed = limits.map(([key, limit]) => `${of(key)}${sign(limit)} ${number(bound(limit))} ${unit}`).join(', ');
  const verdict = limits.length === 0 ? '' : missed.length === 0 ? 'met' : `**missed** by ${byHowMuch(row)}`;
  return [what, figure('median') || figure('value'), figure('p99'), allowed, verdict];
}

function byHowMuch({ figures, unit, missed }) {
  return missed.map(([key, limit]) => {
    const [value, allowed] = [figures[key], bound(limit)];
    const factor = Math.max(value / allowed, allowed / value);
    return `${number(Math.abs(value - allowed))} ${unit}${Number.isFinite(factor) ? ` (${number(factor)} ×)` : ''}${key === 'value' ? '' : ` in the ${key}`}`;
  }).join(', ');
}

const bound = ({ most, least }) => most ?? least;
const sign = ({ most }) => (most === undefined ? '≥' : '≤');
const of = (key) => (key === 'value' ? '' : `${key} `);

/** A table of texts: the head, then the lines. */
export function markdown(lines) {
  const widths = lines[0].map((_, column) => Math.max(3, ...lines.map((line) => line[column].length)));
  const line = (texts) => `| ${texts.map((text, column) => text.padEnd(widths[column])).join(' | ')} |`;
  return [line(lines[0]), line(widths.map((width) => '-'.repeat(width))), ...lines.slice(1).map(line)].join('\n');
}

/**
 * The file. A section is `{ name, about, rows, failures, notes }`: the figures of one cluster, and the parts (`{ part, message }`) that
 * failed. `before` holds the names and rows of an earlier run's sections.
 */
export function results({ sections, binary, command, skipped, before, notes }) {
  const judged = sections.flatMap(({ name, rows }) => rows.filter(({ limits }) => limits.length > 0).map((row) => ({ name, row })));
  const summary = markdown([['cluster', ...HEAD], ...judged.map(({ name, row }) => [name, ...cells(row)])]);
  const missed = judged.filter(({ row }) => row.missed.length > 0);
  const misses = missed.map(({ name, row }) => `- ${name}: ${row.what}, missed by ${byHowMuch(row)}`);
  const failures = sections.flatMap(({ name, failures }) => failures.map(({ part, message }) => `- ${name}, ${part}: ${message}`));
  return `# Benchmark results

Written by \`make bench\` (\`end2end/bench/run.mjs\`); each run replaces this file.

${origin({ command, binary })}
${sections.map(({ name, about }) => `- ${name}: ${about}`).join('\n')}

## Against the budgets

${judged.length > 0 ? summary : 'Nothing that has a budget was measured.'}

${before ? `## Before and after\n\n${comparison(before, sections)}\n\n` : ''}## What misses its budget

${misses.join('\n') || 'None of those that were measured.'}

## What was not measured

${[...failures, ...skipped.map((what) => `- ${what}: left out by the command`)].join('\n') || 'Everything was.'}

${sections.map(({ name, rows }) => `## All figures: ${name}\n\n${rows.length > 0 ? table(rows) : 'None.'}`).join('\n\n')}

## How it is measured

${notes.map((note) => `- ${note}`).join('\n')}
`;
}

/** The figures that both runs have, and their ratio. Its rows are those of the present run. */
function comparison(before, sections) {
  const figures = ({ figures, unit }) => Object.values(figures).map((value) => `${number(value)} ${unit}`).join(', p99 ');
  const lines = sections.flatMap(({ name, rows }) => {
    const earlier = before.find((section) => section.name === name)?.rows ?? [];
    return rows.flatMap((row) => {
      const same = earlier.find(({ what, unit }) => what === row.what && unit === row.unit);
      if (!same) return [];
      const [then, now] = [same, row].map(({ figures }) => figures.median ?? figures.value);
      return [[name, row.what, figures(same), figures(row), then === 0 ? '' : `${number(now / then)} ×`]];
    });
  });
  return markdown([['cluster', 'what', 'before', 'now', 'now / before'], ...lines]);
}

/** The origin of figures: the command, the date, the binary, the machine. */
export const origin = ({ command, binary }) => `- command: \`${command}\`
- date: ${minute(new Date())}; the binary was built ${minute(statSync(binary).mtime)}, the sources are at commit ${commit()}
- machine: ${cpus().length} cores (${cpus()[0].model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB memory, Linux ${release()}`;

const minute = (date) => `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

function number(value) {
  return value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 });
}

function commit() {
  try {
    const git = (...args) => execFileSync('git', args, { encoding: 'utf8', cwd: import.meta.dirname }).trim();
    return git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', '--', '../..', ':!RESULTS.md', ':!FAULTS.md') ? ' with uncommitted changes' : '');
  } catch {
    return 'unknown';
  }
}
