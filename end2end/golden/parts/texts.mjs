// A sample of the questions as text for people, one process each.
import { randomFor, shuffled } from '../questions/draw.mjs';
import { askCommand } from './traces.mjs';

const COUNT = 320;
/** Number of pairs of processes that run at the same time. */
const SIDE_BY_SIDE = 2;

/** Asks a sample of `asked`, which are `{ from, to, node, isSound, args, cwd }`; unsound questions are asked in `refused`. */
export async function texts(pair, asked) {
  const left = shuffled(asked.filter(({ isSound }) => isSound !== false), randomFor('texts')).slice(0, COUNT);
  const next = async () => {
    for (let question; (question = left.pop()); ) {
      const { from, to, node, args, cwd } = question;
      await askCommand(pair, 'text', ['trace', '--from', from, '--to', to, ...(node ? ['--node', node] : []), ...args], cwd ? { cwd } : {});
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, next));
}
