// The clusters of end2end/trials: questions to each of them in a file, and the page, the picture and the snapshot of a server on it.
import { clusters } from '../questions/clusters.mjs';
import { drawQuestions, randomFor } from '../questions/draw.mjs';
import { facts, readObjects } from '../questions/objects.mjs';
import { drawSettings } from '../questions/settings.mjs';
import { askViews, socketsOf } from './pages.mjs';
import { Servers } from './server.mjs';
import { askBatch } from './traces.mjs';

/** Number of drawn questions about each cluster, beside its own ones. */
const DRAWN = 50;
/** Number of kube-proxy settings for each cluster, beside the defaults and nftables. */
const MORE_SETTINGS = 2;
/** Number of sockets that are selected on the page of each cluster. */
const SELECTED = 3;

/** Returns the questions, for the sample of texts. */
export async function trials(pair) {
  const asked = [];
  for (const { name, file, asked: own } of clusters) {
    const random = randomFor(name);
    const servers = await Servers.start(pair, [`--sandbox=${file}`, '--sandbox-api', '127.0.0.1:0']);
    // The base reads the file for both, so that both get the same questions.
    const found = facts(await readObjects(servers.list[0].api));
    const questions = drawQuestions(found, random, DRAWN);
    for (const { from, to, node, flags } of own) await askBatch(pair, 'trace', `${name} ${flags.join(' ')}`, ['-f', file, ...flags], [{ from, to, node }]);
    for (const flags of drawSettings(random, MORE_SETTINGS)) {
      await askBatch(pair, 'trace', `${name} ${flags.join(' ')}`, ['-f', file, ...flags], [...own, ...questions]);
      asked.push(...questions.map((question) => ({ ...question, args: ['-f', file, ...flags] })));
    }
    asked.push(...own.map(({ flags, ...question }) => ({ ...question, args: ['-f', file, ...flags] })));
    await views(servers, name, own, random);
    await servers.stop(name);
  }
  return asked;
}

async function views(servers, name, own, random) {
  await servers.ask('api', '/api/v1/snapshot', 'json', { name: `${name} /api/v1/snapshot` });
  const html = await servers.ask('page', '/', 'markup', { name: `${name} /` });
  const sockets = socketsOf(html);
  const queries = [
    ...['', 'zoom=75', 'zoom=50', 'by=node', 'problems=1', 'view=table', 'lang=zh'],
    ...own.map(({ from, to }) => new URLSearchParams({ from, to }).toString()),
    ...Array.from({ length: sockets.length && SELECTED }, () => new URLSearchParams({ select: random.pick(sockets) }).toString()),
  ];
  await askViews(servers, name, queries);
  for (const { from, to } of own) await askViews(servers, name, [new URLSearchParams({ from, to, lang: 'zh', view: 'table' }).toString()]);
}
