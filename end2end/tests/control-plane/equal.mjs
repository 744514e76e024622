// Compares the page, kubehop's index and the cluster, and measures the time until they are equal.
import { drawn, picture, sockets } from '../lib/picture.mjs';
import { hashOf, snapshot } from '../lib/follower.mjs';
import { expectAddresses, expectedSockets, heldByCluster, heldByKubehop } from './expected.mjs';
import { expect } from './fixture.mjs';

/** Time limit in ms: the longest back-off of a watch is 4 s, of a page 10 s; the rest is for a busy machine. */
const LIMIT_MS = 40_000;
const OFTEN = { timeout: LIMIT_MS, intervals: [50] };

/**
 * Waits until kubehop's index equals the API server's lists; then until a client that was connected all the time (`follower`), a kubehop
 * without any fault (`start`), and the page of namespace `ns` are equal to it. Nothing may write meanwhile. Resolves to ms since `since`:
 * `{ index, page }`.
 */
export async function expectEqual({ cluster, kubectl, ns, kubehop, page, follower, start, since = Date.now() }) {
  const there = await heldByCluster(cluster);
  await expect(async () => expect(await heldByKubehop(kubehop)).toEqual(there)).toPass(OFTEN);
  const index = Date.now() - since;
  // Its rows are those from before the fault, changed by every frame since.
  if (follower) {
    await expect(async () => expect(follower.held).toEqual(await snapshot(kubehop.url))).toPass(OFTEN);
    expect(follower.failure, 'the stream of a client').toBeUndefined();
  }
  await expect(picture(page)).toHaveAttribute('data-status', 'live', { timeout: LIMIT_MS });
  // Only the containers' ports to which something leads are drawn.
  const { containerPort: _, ...wanted } = await expectedSockets(kubectl, ns);
  for (const [kind, addresses] of Object.entries(wanted)) await expectAddresses(page, kind, addresses);
  const seen = Date.now() - since;

  const fresh = await start();
  await expect(async () => expect(await snapshot(fresh.url)).toEqual(await snapshot(kubehop.url))).toPass(OFTEN);
  const svg = async () => drawn(await (await fetch(`${fresh.url}/graph.svg?namespaces=${ns}`)).text()).toSorted();
  await expect(async () => expect((await sockets(page)).toSorted()).toEqual(await svg())).toPass(OFTEN);
  return { index, page: seen };
}

/** Waits until these clients have the same rows as kubehop, compared by hash. */
export async function expectSame(kubehop, hashes) {
  await expect(async () => {
    const wanted = hashOf(await snapshot(kubehop.url));
    expect((await hashes()).filter((hash) => hash !== wanted)).toEqual([]);
  }).toPass(OFTEN);
}
