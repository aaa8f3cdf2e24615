import { BlockList, isIPv6 } from 'node:net';
import { expect } from 'chai';
import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1';
import { readManifest } from '../support/manifests.js';

const { spec } = readManifest('base/network-policy.yaml') as INetworkPolicy;
const dnsCache = '169.254.20.10';

/** Whether the policy lets a connection to this address and TCP port out. */
function allows(address: string, port: number): boolean {
  return (spec?.egress ?? []).some(({ to = [], ports = [] }) => {
    const toPort = ports.some((each) => each.protocol === 'TCP' && each.port === port);
    return toPort && to.some(({ ipBlock }) => ipBlock && isWithin(address, [ipBlock.cidr], ipBlock.except));
  });
}

function isWithin(address: string, ranges: readonly string[], except: readonly string[] = []): boolean {
  return lists(ranges, address) && !lists(except, address);
}

function lists(ranges: readonly string[], address: string): boolean {
  const list = new BlockList();
  const family = isIPv6(address) ? 'ipv6' : 'ipv4';
  for (const range of ranges) {
    const [network = '', bits = ''] = range.split('/');
    if (isIPv6(network) === isIPv6(address)) list.addSubnet(network, Number(bits), family);
  }
  return list.check(address, family);
}

const reachable: readonly [what: string, address: string, port: number][] = [
  ['a server in the outside', '104.18.20.30', 443],
  ['the same by IPv6', '2606:4700::6812:141e', 443],
  ['an IPv4 server by NAT64', '64:ff9b::6812:141e', 443],
  ['the DNS cache of the node', dnsCache, 53],
];
const unreachable: readonly [what: string, address: string, port: number][] = [
  ['a server in the outside, without TLS', '104.18.20.30', 80],
  ['the metadata service', '169.254.169.254', 443],
  ['the metadata service by IPv6', 'fd00:ec2::254', 443],
  ['another metadata service', '100.100.100.200', 443],
  ['the host of an Azure machine', '168.63.129.16', 443],
  ['a pod', '10.244.1.2', 443],
  ['a service, such as the Kubernetes API', '172.20.0.1', 443],
  ['a device at home', '192.168.1.1', 443],
  ['a pod by IPv6', 'fd12:3456::2', 443],
  ['a link-local address', 'fe80::1', 443],
  ['itself', '127.0.0.1', 443],
  ['itself by IPv6', '::1', 443],
  ['the DNS cache of the node, but not for DNS', dnsCache, 443],
  ['another name server', '8.8.8.8', 53],
];

describe('the NetworkPolicy for Kubernetes', () => {
  it('lets nobody in', () => {
    expect(spec?.policyTypes).to.have.members(['Ingress', 'Egress']);
    expect(spec?.ingress).to.be.an('array').that.is.empty;
  });

  it('is about the pods of the CronJob', () => {
    expect(spec?.podSelector).to.deep.equal({ matchLabels: { 'app.kubernetes.io/name': 'novita-spot' } });
  });

  it('lets names be asked for in the cluster', () => {
    const [dns] = spec?.egress ?? [];
    expect(dns?.to?.[0]).to.deep.equal({
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'kube-system' } },
      podSelector: { matchLabels: { 'k8s-app': 'kube-dns' } },
    });
    expect(dns?.ports).to.have.deep.members([
      { protocol: 'UDP', port: 53 },
      { protocol: 'TCP', port: 53 },
    ]);
  });

  for (const [what, address, port] of reachable)
    it(`lets out to ${what}`, () => expect(allows(address, port)).to.be.true);
  for (const [what, address, port] of unreachable)
    it(`does not let out to ${what}`, () => expect(allows(address, port)).to.be.false);
});
