/**
 * Hosts that cannot be on the internet: a sandbox may be one of them, and may send to them.
 */
import { BlockList, isIP } from 'node:net';

/** Loopback, private and link-local addresses (RFC 1122, 1918, 3927, 4193, 4291). */
const addresses = new BlockList();
addresses.addSubnet('127.0.0.0', 8);
addresses.addSubnet('10.0.0.0', 8);
addresses.addSubnet('172.16.0.0', 12);
addresses.addSubnet('192.168.0.0', 16);
addresses.addSubnet('169.254.0.0', 16);
addresses.addAddress('::1', 'ipv6');
addresses.addSubnet('fc00::', 7, 'ipv6');
addresses.addSubnet('fe80::', 10, 'ipv6');

/**
 * Tests if a name has no dot, such as that of a service in Compose, or ends with `.localhost` or `.internal`, such as
 * `host.docker.internal`. No site on the internet can have such a name.
 * @param {string} name
 */
export function isPrivateName(name) {
  return isIP(name) === 0 && /^(?:[\w-]+\.)*(?:localhost|internal)$|^[a-z][\w-]*$/i.test(name);
}

/** @param {string} host a name or an address; an IPv6 address may have brackets */
export function isPrivateHost(host) {
  const name = host.replace(/^\[(.*)\]$/, '$1');
  const version = isIP(name);
  if (version === 0) return isPrivateName(name);
  return addresses.check(name, version === 6 ? 'ipv6' : 'ipv4');
}
