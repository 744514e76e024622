// Two clients for the API server of a control plane: plain HTTPS, and the real kubectl.
import { spawn } from 'node:child_process';
import * as http from 'node:http';
import * as https from 'node:https';
import { join } from 'node:path';
import { directEnvironment } from './processes.mjs';

const REQUEST_LIMIT_MS = 30_000;
const KUBECTL_LIMIT_MS = 120_000;

/**
 * Returns `request(method, path, body?, contentType?)`: one HTTPS request with the admin's token, over at most 16 kept connections. A
 * server with an `http:` address, such as the sandbox, takes no token. It resolves to the parsed answer; a status of 400 and above
 * rejects with an error that has `status` and `body`.
 */
export function requester({ server, ca, tokens }) {
  const { Agent, request } = server.startsWith('https:') ? https : http;
  const agent = new Agent({ keepAlive: true, maxSockets: 16, ca });
  return (method, path, body, contentType = method === 'PATCH' ? 'application/strategic-merge-patch+json' : 'application/json') =>
    new Promise((resolve, reject) => {
      const payload = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
      const headers = { ...(tokens && { authorization: `Bearer ${tokens.admin}` }), accept: 'application/json' };
      if (payload !== undefined) Object.assign(headers, { 'content-type': contentType, 'content-length': Buffer.byteLength(payload) });
      const sent = request(new URL(path, server), { method, headers, agent, timeout: REQUEST_LIMIT_MS }, (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString();
          const isJson = /json/.test(response.headers['content-type'] ?? '');
          const answer = isJson && text ? JSON.parse(text) : text;
          if (response.statusCode < 400) return resolve(answer);
          const why = new Error(`${method} ${path}: ${response.statusCode} ${answer.message ?? text}`);
          reject(Object.assign(why, { status: response.statusCode, body: answer }));
        });
      });
      sent.on('timeout', () => sent.destroy(new Error(`${method} ${path}: no answer in ${REQUEST_LIMIT_MS / 1000} s`)));
      sent.on('error', reject);
      sent.end(payload);
    });
}

/** Returns `kubectl(args, { input?, editor? })`, which resolves to what kubectl wrote to stdout, and rejects with its stderr. */
export function kubectlRunner({ dir, kubeconfig, tools }) {
  const env = { ...directEnvironment(), KUBECONFIG: kubeconfig, KUBECACHEDIR: join(dir, 'kubectl-cache') };
  return (args, { input, editor } = {}) =>
    new Promise((resolve, reject) => {
      const child = spawn(tools.kubectl, args, { env: editor ? { ...env, KUBE_EDITOR: editor } : env, timeout: KUBECTL_LIMIT_MS });
      const output = { stdout: '', stderr: '' };
      for (const stream of ['stdout', 'stderr']) child[stream].setEncoding('utf8').on('data', (text) => (output[stream] += text));
      child.on('error', reject);
      child.stdin.on('error', () => {}); // kubectl may end without reading its input; its exit code is checked.
      child.on('close', (code, signal) => {
        if (code === 0) return resolve(output.stdout);
        reject(new Error(`kubectl ${args.join(' ')}: ${signal ?? `exit code ${code}`}\n${output.stderr}`));
      });
      child.stdin.end(input);
    });
}

/** Whether the API server reports that it is ready. Rejects while it cannot be reached. */
export async function isReady(handle) {
  return (await handle.request('GET', '/readyz')) === 'ok';
}
