// From figures to the table on the console and the file RESULTS.md.
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';

/** The value below which a share of all values lies; the nearest one that occurred. */
export function quantile(values, share) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
}

export const median = (values) => quantile(values, 0.5);

/** A row of the table from many values: median and p99, and the budget for each, if it has one. */
export function spread(what, values, unit, budget = {}) {
  return row(what, { median: median(values), p99: quantile(values, 0.99) }, unit, budget);
}

/** A row of the table from one value. */
export function single(what, value, unit, most) {
  return row(what, { value }, unit, { value: most });
}

function row(what, figures, unit, budget) {
  const missed = Object.keys(figures).filter((key) => budget[key] !== undefined && figures[key] > budget[key]);
  return { what, figures, unit, budget, missed };
}

/** The table, in Markdown, which reads well on a console too. */
export function table(rows) {
  const cells = rows.map(({ what, figures, unit, budget, missed }) => {
    const figure = (key) => (figures[key] === undefined ? '' : `${number(figures[key])} ${unit}`);
    const limits = Object.entries(budget).filter(([, most]) => most !== undefined);
    const allowed = limits.map(([key, most]) => `${key === 'value' ? '' : `${key} `}≤ ${number(most)} ${unit}`).join(', ');
    const verdict = limits.length === 0 ? '' : missed.length === 0 ? 'met' : '**missed**';
    return [what, figure('median') || figure('value'), figure('p99'), allowed, verdict];
  });
  const all = [['what', 'median, or value', 'p99', 'budget (design §6)', ''], ...cells];
  const widths = all[0].map((_, column) => Math.max(3, ...all.map((line) => line[column].length)));
  const line = (texts) => `| ${texts.map((text, column) => text.padEnd(widths[column])).join(' | ')} |`;
  return [line(all[0]), line(widths.map((width) => '-'.repeat(width))), ...all.slice(1).map(line)].join('\n');
}

export function results({ rows, binary, size, changes, notes }) {
  const missed = rows.filter((row) => row.missed.length > 0);
  const misses = missed.map(({ what, figures, unit, budget, missed: keys }) =>
    `- ${what}: ${keys.map((key) => `${key === 'value' ? '' : `${key} `}${number(figures[key])} ${unit} against ${number(budget[key])} ${unit}`).join(', ')}`);
  const verdict = misses.length > 0 ? misses.join('\n') : 'At this size, none of those that are measured.';
  return `# Benchmark results

Written by \`make bench\` (\`end2end/bench/run.mjs\`); each run replaces this file.

- date: ${minute(new Date())}; the binary was built ${minute(statSync(binary).mtime)}, the sources are at commit ${commit()}
- machine: ${cpus().length} cores (${cpus()[0].model.trim()}), ${Math.round(totalmem() / 2 ** 30)} GiB memory, Linux ${release()}
- cluster: a real API server and controllers on the same machine; ${number(size.pods)} Pods, ${size.services} Services, ${size.nodes} Nodes, ${size.namespaces} namespaces
- changes: ${changes} without a browser and ${changes} with one; each flips the readiness of one Pod, one after the other

${table(rows)}

## What misses its budget

${verdict}

The budgets are set for 10,000 Pods. **That size is not measured here yet**: a budget that is met above is met at ${number(size.pods)} Pods.
Nor are 5,000 clients, nor pan and zoom.

## How it is measured

${notes.map((note) => `- ${note}`).join('\n')}
`;
}

const minute = (date) => `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

function number(value) {
  return value.toLocaleString('en-US', { maximumFractionDigits: value < 100 ? 1 : 0 });
}

function commit() {
  try {
    const git = (...args) => execFileSync('git', args, { encoding: 'utf8', cwd: import.meta.dirname }).trim();
    return git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain', '--', '../..', ':!RESULTS.md') ? ' with uncommitted changes' : '');
  } catch {
    return 'unknown';
  }
}
