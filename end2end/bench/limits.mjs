// Limits of a Deployment for a process: a cgroup with a quota of processors and a maximum of memory (version 1 or 2). Needs root.
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = '/sys/fs/cgroup';
const PERIOD_US = 100_000;

/**
 * Makes a group. `through` runs a command in it (`Kubehop.start`), `peak()` is the most memory that it has used, in MB, and `oom()` how often
 * the kernel killed one of its processes. `undefined` if this machine has no cgroups that can be written.
 */
export function limited({ processors, memory }) {
  const name = `kubehop-${process.pid}-${Date.now()}`;
  const quota = Math.round(processors * PERIOD_US);
  const isUnified = existsSync(join(ROOT, 'cgroup.controllers'));
  const folders = isUnified ? [join(ROOT, name)] : [join(ROOT, 'cpu', name), join(ROOT, 'memory', name)];
  const last = folders.at(-1);
  try {
    if (isUnified) writeFileSync(join(ROOT, 'cgroup.subtree_control'), '+cpu +memory');
    folders.forEach((folder) => mkdirSync(folder));
    if (isUnified) {
      writeFileSync(join(last, 'cpu.max'), `${quota} ${PERIOD_US}`);
      writeFileSync(join(last, 'memory.max'), String(memory));
    } else {
      writeFileSync(join(folders[0], 'cpu.cfs_period_us'), String(PERIOD_US));
      writeFileSync(join(folders[0], 'cpu.cfs_quota_us'), String(quota));
      writeFileSync(join(last, 'memory.limit_in_bytes'), String(memory));
    }
  } catch (error) {
    if (['EACCES', 'EROFS', 'ENOENT', 'EPERM', 'EBUSY'].includes(error.code)) return undefined;
    throw error;
  }
  const read = (file) => readFileSync(join(last, file), 'utf8');
  const enter = folders.map((folder) => `echo $$ > '${join(folder, 'cgroup.procs')}'`).join(' && ');
  return {
    through: ['sh', '-c', `${enter} && exec "$@"`, 'sh'],
    peak: () => Number(read(isUnified ? 'memory.peak' : 'memory.max_usage_in_bytes')) / 1e6,
    oom: () => Number(/^oom_kill (\d+)/m.exec(read(isUnified ? 'memory.events' : 'memory.oom_control'))[1]),
    remove: () => folders.forEach((folder) => rmdirSync(folder)),
  };
}
