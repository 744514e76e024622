// Finds Chromium, and the arguments with which it is started.
import { execFileSync } from 'node:child_process';

const SYSTEM = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Arguments that Chromium needs to run as root on a machine without a display, and without calls to other hosts. */
export const arguments_ = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** KUBEHOP_CHROMIUM, else the system's; undefined means Playwright's own. */
export function executable() {
  if (process.env.KUBEHOP_CHROMIUM) return process.env.KUBEHOP_CHROMIUM;
  return SYSTEM.map(locate).find((path) => path && starts(path));
}

function locate(name) {
  try {
    return execFileSync('sh', ['-c', 'command -v "$0"', name], { encoding: 'utf8' }).trim();
  } catch {
    return undefined;
  }
}

// Some distributions install a stub that only names a package.
function starts(path) {
  try {
    execFileSync(path, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
