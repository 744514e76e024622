// The base fixture of the truth tables (`crates/topology/src/path/truth_table.rs`) as Kubernetes objects, which a row changes.

export const READY = [true, true, false];
export const NOT_READY = [false, false, false];
export const TERMINATING = [false, true, true];
export const NOT_SERVING = [false, false, true];
export const NOTHING_SET = [];

export const port = (name, port, protocol = 'TCP') => ({ name, port, protocol });

export class Case {
  constructor() {
    this.nodes = [1, 2, 3].map(node);
    this.nodes[0].status.addresses.push({ type: 'InternalIP', address: '192.168.1.2' });
    this.pods = [1, 2, 3].map((n) => pod(`a${n}`, `n${n}`, `10.0.${n}.1`));
    this.services = [service()];
    this.slices = [slice('svc1-x', [endpoint('a1', 'n1', '10.0.1.1'), endpoint('a2', 'n2', '10.0.2.1')])];
    this.serviceCidr = { apiVersion: 'networking.k8s.io/v1', kind: 'ServiceCIDR', metadata: { name: 'kubernetes' }, spec: { cidrs: ['172.30.0.0/16'] } };
    this.flags = ['--cluster-cidr=10.0.0.0/8'];
  }

  get objects() {
    return [...this.nodes, this.serviceCidr, ...this.pods, ...this.services, ...this.slices];
  }

  /** Changes `spec` of svc1; `status` beside it. */
  service(change) {
    change(this.services[0].spec, this.services[0]);
    return this;
  }

  nodePort() {
    return this.service((spec) => {
      spec.type = 'NodePort';
      spec.ports[0].nodePort = 30080;
    });
  }

  loadBalancer(ingress = { ip: '1.2.3.4' }) {
    return this.nodePort().service((spec, own) => {
      spec.type = 'LoadBalancer';
      own.status = { loadBalancer: { ingress: [ingress] } };
    });
  }

  externalIp(ip = '192.168.99.11') {
    return this.service((spec) => (spec.externalIPs = [...(spec.externalIPs ?? []), ip]));
  }

  local() {
    return this.service((spec) => (spec.externalTrafficPolicy = 'Local'));
  }

  internalLocal() {
    return this.service((spec) => (spec.internalTrafficPolicy = 'Local'));
  }

  ranges(...ranges) {
    return this.service((spec) => (spec.loadBalancerSourceRanges = ranges));
  }

  headless() {
    return this.service((spec) => Object.assign(spec, { type: 'ClusterIP', clusterIP: 'None', clusterIPs: ['None'] }));
  }

  dualStack() {
    return this.service((spec) => spec.clusterIPs.push('fd00:172::41'));
  }

  externalName(name) {
    return this.service((spec) => Object.assign(spec, { type: 'ExternalName', externalName: name }));
  }

  /** Changes the slice svc1-x. */
  slice(change) {
    change(this.slices[0]);
    return this;
  }

  withoutSlices() {
    this.slices = [];
    return this;
  }

  /** Adds a slice of svc1. */
  addSlice(name, ports, endpoints, change = {}) {
    this.slices.push({ ...slice(name, endpoints), ports, ...change });
    return this;
  }

  /** Replaces the endpoints of the slice svc1-x. */
  endpoints(...endpoints) {
    return this.slice((own) => (own.endpoints = endpoints));
  }

  /** Replaces the endpoints of the slice svc1-x by a1, a2, … with these conditions. */
  conditions(...list) {
    return this.endpoints(...list.map((conditions, n) => endpoint(`a${n + 1}`, `n${n + 1}`, `10.0.${n + 1}.1`, conditions)));
  }

  /** Endpoints `[ip, zones, nodes]` with hints. */
  hints(...list) {
    return this.endpoints(...list.map(([ip, zones, nodes = []]) => {
      const n = ip.split('.')[2];
      const hints = { ...(zones.length && { forZones: zones.map((zone) => ({ name: `zone-${zone}` })) }), ...(nodes.length && { forNodes: nodes.map((name) => ({ name })) }) };
      return { ...endpoint(`a${n}`, `n${n}`, ip), ...(Object.keys(hints).length && { hints }) };
    }));
  }

  /** Adds settings to those of the fixture; the last flag of a name counts. */
  set(...flags) {
    const names = flags.map((flag) => flag.split('=')[0]);
    this.flags = [...this.flags.filter((flag) => !names.includes(flag.split('=')[0])), ...flags];
    return this;
  }
}

export function node(n) {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: `n${n}`, labels: { 'topology.kubernetes.io/zone': `zone-${n}` } },
    spec: { podCIDR: `10.0.${n}.0/24`, podCIDRs: [`10.0.${n}.0/24`] },
    status: { addresses: [{ type: 'InternalIP', address: `192.168.0.${n + 1}` }], conditions: [{ type: 'Ready', status: 'True' }] },
  };
}

export function pod(name, nodeName, ip, { namespace = 'ns1', ready = true, hostPort, hostIP, ...spec } = {}) {
  const open = { name: 'http', containerPort: 8080, protocol: 'TCP', ...(hostPort && { hostPort }), ...(hostIP && { hostIP }) };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels: { app: 'web' } },
    spec: { nodeName, containers: [{ name: 'web', image: 'web', ports: [open] }], ...spec },
    status: { phase: 'Running', podIP: ip, podIPs: [{ ip }], conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
  };
}

export function service(name = 'svc1', namespace = 'ns1', ip = '172.30.0.41') {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace },
    spec: { type: 'ClusterIP', clusterIP: ip, clusterIPs: [ip], selector: { app: 'web' }, ports: [{ name: 'http', port: 80, protocol: 'TCP', targetPort: 8080 }] },
    status: { loadBalancer: {} },
  };
}

export function slice(name, endpoints) {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name, namespace: 'ns1', labels: { 'kubernetes.io/service-name': 'svc1', 'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io' } },
    addressType: 'IPv4',
    ports: [port('http', 8080)],
    endpoints,
  };
}

/** An endpoint with a targetRef to its Pod, if it has one. */
export function endpoint(name, nodeName, address, [ready, serving, terminating] = READY) {
  return {
    addresses: [address],
    conditions: { ready, serving, terminating },
    ...(nodeName && { nodeName }),
    ...(name && { targetRef: { kind: 'Pod', namespace: 'ns1', name } }),
  };
}
