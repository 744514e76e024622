// The kube-proxy settings under which the questions are asked, as flags of kubehop.
import { shuffled } from './draw.mjs';

/** Settings under which every cluster is asked. */
const ALWAYS = [[], ['--proxy-mode=nftables']];

/** Settings of which some are drawn for each cluster. */
const SOMETIMES = [
  ['--cluster-cidr=10.244.0.0/16,10.0.0.0/16'],
  ['--cluster-cidr='],
  ['--proxy-mode=nftables', '--cluster-cidr=10.0.0.0/8'],
  ['--masquerade-all'],
  ['--proxy-mode=nftables', '--masquerade-all'],
  ['--node-port-addresses=primary'],
  ['--node-port-addresses=127.0.0.0/8,192.168.0.0/16'],
  ['--proxy-mode=nftables', '--node-port-addresses=all'],
  ['--detect-local-mode=NodeCIDR'],
  ['--proxy-mode=nftables', '--detect-local-mode=NodeCIDR'],
  ['--detect-local-mode=BridgeInterface', '--detect-local-interface=cni0'],
  ['--detect-local-mode=InterfaceNamePrefix', '--detect-local-interface=veth'],
  ['--localhost-node-ports=false'],
  ['--proxy-mode=nftables', '--feature-gates=KubeProxyNFTablesLocalhostNodePorts=true', '--node-port-addresses=primary,localhost'],
  ['--feature-gates=AllowServiceExternalIPs=false'],
  ['--hostname-override=n1=node1.example,node1=node1.example'],
  ['--service-cidr=10.96.0.0/16,172.30.0.0/16', '--proxy-mode=nftables'],
  ['--service-node-port-range=30000-31000', '--cluster-domain=k8s.example'],
];

/** The lists of flags for one cluster: the defaults, nftables, and `more` others. */
export const drawSettings = (random, more) => [...ALWAYS, ...shuffled(SOMETIMES, random).slice(0, more)];
