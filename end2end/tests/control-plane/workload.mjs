// Workloads of the tests in the real cluster.
import { expect } from '@playwright/test';
import { createDeployment, createService } from '../../control-plane/fixtures.mjs';
import { picture } from '../lib/picture.mjs';

/**
 * A Deployment with a Service of type NodePort, port 30080 → targetPort 80; the API server chooses the nodePort unless one is named.
 * Resolves to its nodePort and Cluster IP.
 */
export async function expose(cluster, ns, name, replicas = 3, nodePort) {
  await createDeployment(cluster, { ns, name, replicas });
  const { spec } = await createService(cluster, { ns, name, type: 'NodePort', ports: [{ port: 30080, targetPort: 80, nodePort }] });
  return { nodePort: spec.ports[0].nodePort, clusterIP: spec.clusterIP };
}

/** Scales a Deployment and waits until the picture shows it. */
export async function scale(kubectl, page, ns, name, replicas) {
  await kubectl(['scale', `deployment/${name}`, `--replicas=${replicas}`]);
  await expect(picture(page).locator(`[aria-label="${ns}/${name}"]`)).toContainText(`${replicas}/${replicas} ready`);
}
