// Every socket that the overview scenario must show, from the numbers of the design and its mock, and not from any answer of kubehop. A
// line is: data-socket, data-address, data-object, data-state without a selection.

const nodes = { node1: '192.168.56.11', node2: '192.168.56.12', node3: '192.168.56.13' };
const nodePorts = (port, service) => Object.values(nodes).map((ip) => `nodePort ${ip}:${port} Service/default/${service}`);

/** The sockets by the group in which they are drawn, from top to bottom. */
export const GROUPS = {
  nodes: Object.entries(nodes).map(([name, ip]) => `nodeIP ${ip} Node/${name}`),
  influxdb: [
    'hostPort 192.168.56.13:8086 Pod/default/influxdb',
    'podIP 10.244.3.14 Pod/default/influxdb',
    'containerPort default/influxdb/influxdb:8086 Pod/default/influxdb',
  ],
  'mysql-production': [
    'dns mysql-production.default.svc Service/default/mysql-production',
    'clusterIP 10.96.83.14 Service/default/mysql-production',
    'port 10.96.83.14:3306 Service/default/mysql-production',
    'endpoint 192.168.1.25:3306 EndpointSlice/default/mysql-production',
    'external 192.168.1.25:3306 EndpointSlice/default/mysql-production',
  ],
  'nginx-admin': [
    ...nodePorts(30002, 'nginx-admin'),
    'dns nginx-admin.default.svc Service/default/nginx-admin',
    'clusterIP 10.96.61.7 Service/default/nginx-admin',
    'port 10.96.61.7:8080 Service/default/nginx-admin',
  ],
  'nginx-service': [
    ...nodePorts(30001, 'nginx-service'),
    'dns nginx-service.default.svc Service/default/nginx-service',
    'clusterIP 10.96.114.20 Service/default/nginx-service',
    'port 10.96.114.20:30080 Service/default/nginx-service',
    'endpoint 10.244.1.5:80 EndpointSlice/default/nginx-service-7xk2f',
    'endpoint 10.244.2.7:80 EndpointSlice/default/nginx-service-7xk2f',
    'endpoint 10.244.3.9:80 EndpointSlice/default/nginx-service-7xk2f not-ready',
    'podIP 10.244.1.5 Pod/default/nginx-6d4cf56db6-4kq8v',
    'containerPort default/nginx-6d4cf56db6-4kq8v/nginx:80 Pod/default/nginx-6d4cf56db6-4kq8v',
    'podIP 10.244.2.7 Pod/default/nginx-6d4cf56db6-9x2ct',
    'containerPort default/nginx-6d4cf56db6-9x2ct/nginx:80 Pod/default/nginx-6d4cf56db6-9x2ct',
    'podIP 10.244.3.9 Pod/default/nginx-6d4cf56db6-tz6wd not-ready',
    'containerPort default/nginx-6d4cf56db6-tz6wd/nginx:80 Pod/default/nginx-6d4cf56db6-tz6wd',
  ],
  reports: [
    'dns reports.default.svc Service/default/reports',
    'external reports.example.com Service/default/reports',
  ],
  'web-sts': [
    'dns web-sts.default.svc Service/default/web-sts',
    'port web-sts.default.svc:80 Service/default/web-sts',
    'endpoint 10.244.1.6:80 EndpointSlice/default/web-sts-c9vmx',
    'endpoint 10.244.2.9:80 EndpointSlice/default/web-sts-c9vmx',
    'endpoint 10.244.3.7:80 EndpointSlice/default/web-sts-c9vmx terminating',
    'podIP 10.244.1.6 Pod/default/web-0',
    'containerPort default/web-0/nginx:80 Pod/default/web-0',
    'podIP 10.244.2.9 Pod/default/web-1',
    'containerPort default/web-1/nginx:80 Pod/default/web-1',
    'podIP 10.244.3.7 Pod/default/web-2 terminating',
    'containerPort default/web-2/nginx:80 Pod/default/web-2',
  ],
  'kube-dns': [
    'dns kube-dns.kube-system.svc Service/kube-system/kube-dns',
    'clusterIP 10.96.0.10 Service/kube-system/kube-dns',
    'port 10.96.0.10:53/udp Service/kube-system/kube-dns',
    'port 10.96.0.10:53 Service/kube-system/kube-dns',
    'port 10.96.0.10:9153 Service/kube-system/kube-dns',
    'endpoint 10.244.1.2:53/udp EndpointSlice/kube-system/kube-dns-l6v9p',
    'endpoint 10.244.1.2:53 EndpointSlice/kube-system/kube-dns-l6v9p',
    'endpoint 10.244.1.2:9153 EndpointSlice/kube-system/kube-dns-l6v9p',
    'endpoint 10.244.2.2:53/udp EndpointSlice/kube-system/kube-dns-l6v9p',
    'endpoint 10.244.2.2:53 EndpointSlice/kube-system/kube-dns-l6v9p',
    'endpoint 10.244.2.2:9153 EndpointSlice/kube-system/kube-dns-l6v9p',
    ...['b4xq2 10.244.1.2', 'hn8rj 10.244.2.2'].flatMap((line) => {
      const [suffix, ip] = line.split(' ');
      const object = `kube-system/coredns-7c65d6cfc9-${suffix}`;
      const ports = ['53/udp', '53', '9153'].map((port) => `containerPort ${object}/coredns:${port} Pod/${object}`);
      return [`podIP ${ip} Pod/${object}`, ...ports];
    }),
  ],
};

/** All sockets. */
export const SOCKETS = Object.values(GROUPS).flat();

/** All groups in reading order: namespaces by name; in each first the Pods with a hostPort, then Services by name. */
export const ORDER = [
  'hostPorts/default/influxdb',
  'service/default/mysql-production',
  'service/default/nginx-admin',
  'service/default/nginx-service',
  'service/default/reports',
  'service/default/web-sts',
  'service/kube-system/kube-dns',
];

/** The EndpointSlice of nginx-service, and its three endpoints. */
export const NGINX = {
  slice: 'nginx-service-7xk2f',
  pods: [
    { pod: 'nginx-6d4cf56db6-4kq8v', ip: '10.244.1.5', node: 'node1', ready: true },
    { pod: 'nginx-6d4cf56db6-9x2ct', ip: '10.244.2.7', node: 'node2', ready: true },
    { pod: 'nginx-6d4cf56db6-tz6wd', ip: '10.244.3.9', node: 'node3', ready: false },
  ],
};

/** Two more Pods of nginx, with names as a Deployment would give them. */
export const MORE = [
  { pod: 'nginx-6d4cf56db6-w5n8c', ip: '10.244.1.21', node: 'node1', ready: true },
  { pod: 'nginx-6d4cf56db6-x7d2m', ip: '10.244.2.22', node: 'node2', ready: true },
];
