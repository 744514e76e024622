// Isolates the laboratory in new network, mount and process namespaces. All that it creates ends with its first process, which ends with
// this process, however that ends. So nothing is left behind, and no cleanup is needed.
import { spawn } from 'node:child_process';
import { execFileSync } from 'node:child_process';

const INSIDE = 'KUBEHOP_NETLAB_INSIDE';
const PROGRAMS = ['setpriv', 'unshare', 'ip', 'iptables-save', 'ip6tables-save', 'nft', 'conntrack', 'sysctl'];
const PACKAGES = 'util-linux iproute2 iptables nftables conntrack procps';

export const isInside = () => process.env[INSIDE] === '1';

/** Runs this same program again, isolated, and resolves to its exit code. */
export function runInside() {
  if (process.getuid?.() !== 0) throw new Error('the laboratory makes network namespaces, which takes root (on Linux)');
  const missing = PROGRAMS.filter((program) => !isInstalled(program));
  if (missing.length > 0) throw new Error(`missing: ${missing.join(', ')}. On Debian: apt-get install ${PACKAGES}`);
  const unshare = ['unshare', '--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];
  const node = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  const env = { ...process.env, [INSIDE]: '1' };
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', ...unshare, ...node], { env, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill('SIGKILL'));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/** Mounts a private /run, because network namespace names and lock files are kept there. */
export function hideRun() {
  execFileSync('mount', ['-t', 'tmpfs', 'netlab', '/run']);
  execFileSync('mkdir', ['-p', '/run/netns']);
}

function isInstalled(program) {
  try {
    execFileSync('which', [program], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
