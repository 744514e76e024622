// Accessibility errors of a page, found by axe.
import { AxeBuilder } from '@axe-core/playwright';

/** Serious and critical violations, as lines. */
export async function serious(page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const bad = violations.filter(({ impact }) => ['serious', 'critical'].includes(impact));
  return bad.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target}: ${failureSummary}`));
}
