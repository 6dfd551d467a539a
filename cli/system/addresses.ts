import { portOf } from './sample-ports.ts';

/** The addresses that people and clients use, a line each. */
export function addressLines(portBase: number): string {
  const url = (name: Parameters<typeof portOf>[0], path: string): string =>
    `http://127.0.0.1:${portOf(name, portBase)}${path}`;
  const lines = [
    ['gateway', url('gateway', '/graphql')],
    ['bff-web', url('bff-web', '/graphql')],
    ['bff-mobile', url('bff-mobile', '/graphql')],
    ['sandbox', url('gateway', '/sandbox')],
    ['health', url('gateway', '/health/ready')],
  ] as const;
  return lines.map(([name, address]) => `  ${name.padEnd(10)} ${address}\n`).join('');
}
