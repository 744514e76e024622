// Writes the figures of the fault tests to the console, to the test's attachments, and to test-results/faults.json.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { quantile } from '../../bench/report.mjs';

export class Figures {
  #all = [];

  constructor(testInfo) {
    this.testInfo = testInfo;
  }

  add(what, value, unit = '') {
    this.#all.push({ what, value: typeof value === 'number' ? Math.round(value * 10) / 10 : value, unit });
  }

  /** The median of many values, the 99th percentile if there are enough values, and the maximum. */
  spread(what, values, unit) {
    this.add(`${what}, median of ${values.length}`, quantile(values, 0.5), unit);
    if (values.length >= 40) this.add(`${what}, p99`, quantile(values, 0.99), unit);
    this.add(`${what}, greatest`, Math.max(...values), unit);
  }

  async report() {
    const { title, project } = this.testInfo;
    for (const { what, value, unit } of this.#all) console.log(`  ${what}: ${value}${unit && ` ${unit}`}`);
    const body = JSON.stringify(this.#all, null, 2);
    await this.testInfo.attach('figures.json', { body, contentType: 'application/json' });
    const file = join(project.outputDir, 'faults.json');
    mkdirSync(dirname(file), { recursive: true });
    const known = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
    writeFileSync(file, JSON.stringify({ ...known, [title]: this.#all }, null, 2));
  }
}
