/** The exact versions of everything that the hosts of the matrix are made of. */

/**
 * The newest release of each line of Node, as the packages on npm that hold Node's binaries have it.
 * Node 20 has left support and gets the short list of cells only.
 */
export const nodes = ['20.20.2', '22.23.3', '24.21.0', '26.10.0'];

/** The packages that the hosts use, by the name under which they are installed. */
export const packages = {
  'undici-6': 'npm:undici@6.29.1',
  'undici-7': 'npm:undici@7.30.2',
  'undici-8': 'npm:undici@8.13.1',
  'fetch-retry': '6.0.0',
  'node-fetch-2': 'npm:node-fetch@2.7.0',
  'node-fetch-3': 'npm:node-fetch@3.3.2',
  '@opentelemetry/api': '1.9.1',
  '@opentelemetry/core': '2.12.1',
  '@opentelemetry/instrumentation': '0.223.0',
  '@opentelemetry/instrumentation-undici': '0.33.0',
  '@opentelemetry/sdk-trace-base': '2.12.1',
};
