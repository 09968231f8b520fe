/**
 * The Nodes and the releases of Logto that the connector is tried with. A release has the version of its
 * `@logto/cli`.
 */

/** The newest version of each line of Node that npm has as a package. */
export const nodes = ['20.20.2', '22.23.3', '24.21.0', '26.10.0'];

/**
 * Releases of `@logto/cli`, each with the connector kit that it was built with: the oldest release whose kit
 * satisfies our manifest, the last one for Node 20, and one for each later kit that npm has. npm's newest
 * release is tried too.
 *
 * @type {{ cli: string, kit: string }[]}
 */
export const releases = [
  { cli: '1.18.0', kit: '4.0.0' },
  { cli: '1.22.0', kit: '4.1.0' },
  { cli: '1.26.0', kit: '4.2.0' },
  { cli: '1.30.1', kit: '4.4.0' },
  { cli: '1.34.0', kit: '4.6.0' },
  { cli: '1.37.1', kit: '4.7.0' },
  { cli: '1.39.0', kit: '5.0.0' },
  { cli: '1.40.1', kit: '5.0.1' },
  { cli: '1.42.0', kit: '5.1.0' },
  { cli: '1.43.0', kit: '5.1.1' },
];
