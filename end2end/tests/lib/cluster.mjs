// Writes to the sandbox through its Kubernetes API, and makes the objects that controllers and the kubelet would make.

const COLLECTIONS = {
  Namespace: ['/api/v1', 'namespaces', false],
  Node: ['/api/v1', 'nodes', false],
  Pod: ['/api/v1', 'pods', true],
  Service: ['/api/v1', 'services', true],
  Endpoints: ['/api/v1', 'endpoints', true],
  EndpointSlice: ['/apis/discovery.k8s.io/v1', 'endpointslices', true],
};

export class Cluster {
  constructor(api) {
    this.api = api;
  }

  create(object) {
    return this.#call('POST', path(object.kind, object.metadata.namespace), object);
  }

  replace(object) {
    return this.#call('PUT', path(object.kind, object.metadata.namespace, object.metadata.name), object);
  }

  /** Sends a JSON merge patch. */
  patch(kind, name, change, namespace = 'default') {
    return this.#call('PATCH', path(kind, namespace, name), change, 'application/merge-patch+json');
  }

  remove(kind, name, namespace = 'default') {
    return this.#call('DELETE', path(kind, namespace, name));
  }

  get(kind, name, namespace = 'default') {
    return this.#call('GET', path(kind, namespace, name));
  }

  /** Sets the endpoints of a slice. */
  fill(slice, endpoints, namespace = 'default') {
    return this.patch('EndpointSlice', slice, { endpoints }, namespace);
  }

  async #call(method, path, body, type = 'application/json') {
    const response = await fetch(this.api + path, { method, body: body && JSON.stringify(body), headers: body && { 'content-type': type } });
    const answer = await response.json();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${answer.message}`);
    return answer;
  }
}

function path(kind, namespace, name) {
  const [root, plural, namespaced] = COLLECTIONS[kind];
  return [root, ...(namespaced ? ['namespaces', namespace] : []), plural, ...(name ? [name] : [])].join('/');
}

/** A running Pod with one container, with the status that the kubelet writes. */
export function pod({ name, ip, node = 'node1', namespace = 'default', labels = {}, container = 'nginx', ports = [80], ready = true }) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels },
    spec: { nodeName: node, containers: [{ name: container, image: 'nginx:1.27', ports: ports.map((port) => (typeof port === 'object' ? port : { containerPort: port, protocol: 'TCP' })) }] },
    status: { phase: 'Running', podIP: ip, podIPs: [{ ip }], conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
  };
}

/** An endpoint of a Pod; without a Pod, an address that was written by hand. */
export function endpoint({ ip, pod, node, namespace = 'default', ready = true, terminating = false }) {
  return {
    addresses: [ip],
    conditions: pod ? { ready, serving: ready || terminating, terminating } : {},
    ...(node && { nodeName: node }),
    ...(pod && { targetRef: { kind: 'Pod', namespace, name: pod } }),
  };
}

/** A slice. `manager` null: a slice that was written by hand. */
export function slice({ name, service, endpoints, ports = [{ name: '', port: 80, protocol: 'TCP' }], namespace = 'default', manager = 'endpointslice-controller.k8s.io', labels = {} }) {
  const managed = manager ? { 'endpointslice.kubernetes.io/managed-by': manager } : {};
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name, namespace, labels: { 'kubernetes.io/service-name': service, ...managed, ...labels } },
    addressType: 'IPv4',
    ports,
    endpoints,
  };
}

/** A Service with a Cluster IP. */
export function service({ name, ip, ports = [{ port: 80, targetPort: 80, protocol: 'TCP' }], namespace = 'default', type = 'ClusterIP', selector, labels = {} }) {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace, labels },
    spec: { type, clusterIP: ip, clusterIPs: [ip], ports, selector, internalTrafficPolicy: 'Cluster', externalTrafficPolicy: type === 'ClusterIP' ? undefined : 'Cluster', ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack', sessionAffinity: 'None' },
    status: { loadBalancer: {} },
  };
}
