/** As in the public benchmark (`--jit` is given on the command line); the header only where the scenario has one. */
const forwards = process.env.BENCH_FORWARD === '1';

export const gatewayConfig = {
  inboundInflightRequestDeduplication: true,
  landingPage: false,
  graphiql: false,
  logging: false,
  ...(forwards
    ? {
        propagateHeaders: {
          fromClientToSubgraphs: ({ request }) => ({ authorization: request.headers.get('authorization') }),
        },
      }
    : {}),
};
