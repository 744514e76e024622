import { serious } from '../lib/axe.mjs';
import { expect, test } from '../lib/test.mjs';
import { select } from '../lib/picture.mjs';

const VIEWS = { 'the overview': undefined, 'a path': 'nodePort 192.168.56.12:30001', 'a broken path': 'nodePort 192.168.56.12:30002', 'a Pod': 'podIP 10.244.3.9' };

for (const scheme of ['light', 'dark']) {
  for (const [name, text] of Object.entries(VIEWS)) {
    test(`axe finds nothing serious in ${name}, ${scheme}`, async ({ scenario }) => {
      await scenario.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
      if (text) await select(scenario, text);
      const found = await serious(scenario);
      await scenario.emulateMedia({ colorScheme: 'light', reducedMotion: null });
      expect(found).toEqual([]);
    });
  }
}
