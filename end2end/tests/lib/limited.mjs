// The cluster of a sandbox for a user who may not list Pods.
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { Kubehop } from './kubehop.mjs';

const REFUSAL = 'pods is forbidden: User "jo" cannot list resource "pods" in API group "" at the cluster scope';

/** A kubehop whose API server answers like that of another kubehop's sandbox, and refuses Pods. */
export const Limited = {
  async of(kubehop, info) {
    const api = createServer(async (request, response) => {
      if (/\/pods\b/.test(request.url)) {
        response.writeHead(403, { 'content-type': 'application/json' });
        return response.end(JSON.stringify({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', reason: 'Forbidden', code: 403, message: REFUSAL }));
      }
      const gone = new AbortController();
      response.on('close', () => gone.abort());
      try {
        const answer = await fetch(kubehop.api + request.url, { signal: gone.signal });
        response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') });
        for await (const piece of answer.body) response.write(piece);
      } catch {
        // The watch has ended.
      }
      response.end();
    });
    await new Promise((done) => api.listen(0, '127.0.0.1', done));
    const kubeconfig = info.outputPath('kubeconfig.json');
    const named = (name, rest) => [{ name, ...rest }];
    await writeFile(kubeconfig, JSON.stringify({
      'current-context': 'limited',
      clusters: named('c', { cluster: { server: `http://127.0.0.1:${api.address().port}` } }),
      users: named('u', { user: {} }),
      contexts: named('limited', { context: { cluster: 'c', user: 'u' } }),
    }));
    const limited = await Kubehop.start(['--kubeconfig', kubeconfig, '--listen', '127.0.0.1:0']);
    const stop = limited.stop.bind(limited);
    /** Ends its API server, as an outage does. */
    limited.cut = () => {
      api.closeAllConnections();
      api.close();
    };
    limited.stop = async () => {
      const ended = await stop();
      limited.cut();
      return ended;
    };
    return limited;
  },
};
