import { z } from 'zod';
import { tagHeaderName } from './tag-header.ts';
import { duration, listenAddress, redisUrlsOrNone, size, subgraphName, urlPath } from './values.ts';

const time = (to: string) => duration({ to });

const typeTimes = z.record(z.string().min(1).max(200), z.strictObject({ ttl: time('30d') }));

const subgraph = {
  enabled: z.boolean(),
  ttl: time('30d'),
  private_id: z.string().min(1).max(200),
  negative_ttl: time('1h'),
  stale_while_revalidate: time('1d'),
  stale_if_error: time('7d'),
};

const redis = z.strictObject({
  urls: redisUrlsOrNone,
  namespace: z
    .string()
    .regex(/^[\w.:-]{1,100}$/, 'expected letters, digits and . : - _')
    .default('weir')
    .describe('Put before every key.'),
  timeout: duration({ from: '1ms', to: '5s' })
    .prefault('50ms')
    .describe('For one question; what takes longer is answered by the subgraphs.'),
  compress_over: size({ from: '256B', to: '10MB' }).prefault('16KB').describe('Larger entries are packed.'),
});

/** `response_cache`: what is kept of subgraph answers and whole answers. */
export const responseCache = z.strictObject({
  enabled: z.boolean().default(false),
  debug: z
    .boolean()
    .default(false)
    .describe(
      'Callers who send "apollo-cache-debugging: true" are told in extensions.cache what the cache did.',
    ),
  storage: z
    .strictObject({
      memory: z
        .strictObject({ max_bytes: size({ from: '1MB', to: '64GB' }).prefault('256MB') })
        .prefault({})
        .describe('In each process.'),
      redis: redis
        .optional()
        .describe('Shared by gateways, behind the memory: { urls, namespace, timeout, … }.'),
    })
    .prefault({}),
  max_entry_bytes: size({ from: '1KB', to: '10MB' }).prefault('1MB').describe('Larger answers are not kept.'),
  max_ttl: duration({ from: '1s', to: '30d' }).prefault('1d').describe('Longest time anything is fresh.'),
  subgraph: z
    .strictObject({
      all: z
        .strictObject({
          enabled: subgraph.enabled.default(true),
          ttl: subgraph.ttl
            .prefault('0s')
            .describe(
              'For answers of which neither subgraph nor schema says how long; 0s: those are not kept.',
            ),
          private_id: subgraph.private_id
            .default('sub')
            .describe('The claim that tells people apart; private answers are kept for each alone.'),
          negative_ttl: subgraph.negative_ttl.prefault('5s').describe('Longest time for "no such entity".'),
          stale_while_revalidate: subgraph.stale_while_revalidate
            .prefault('0s')
            .describe('How long after its time an answer is served while one caller asks anew.'),
          stale_if_error: subgraph.stale_if_error
            .prefault('0s')
            .describe('How long after its time an answer stands in for a subgraph that fails.'),
          types: typeTimes
            .prefault({})
            .describe(
              'By type, in place of what subgraph and schema say of the time: { Product: { ttl: 5m } }.',
            ),
        })
        .prefault({}),
      subgraphs: z
        .record(
          subgraphName,
          z.strictObject({
            enabled: subgraph.enabled.optional(),
            ttl: subgraph.ttl.optional(),
            private_id: subgraph.private_id.optional(),
            negative_ttl: subgraph.negative_ttl.optional(),
            stale_while_revalidate: subgraph.stale_while_revalidate.optional(),
            stale_if_error: subgraph.stale_if_error.optional(),
            types: typeTimes.optional(),
          }),
        )
        .prefault({})
        .describe('By name; what is left out is as in "all".'),
    })
    .prefault({}),
  whole_responses: z.boolean().default(true).describe('Whole answers are kept beside their parts.'),
  honor_client_cache_control: z
    .boolean()
    .default(false)
    .describe('no-cache and no-store in requests are obeyed; anybody can then reach the subgraphs at will.'),
  cache_tag_header: tagHeaderName
    .optional()
    .describe('Header with the tags of an answer for networks that purge by tag: Cache-Tag, Surrogate-Key.'),
  record: z
    .strictObject({
      file: z.string().min(1).max(1000).describe('Relative to this file; the one before it is FILE.1.'),
      max_size: size({ from: '64KB', to: '10GB' }).prefault('64MB').describe('Of both files together.'),
      sample: z.number().min(0.0001).max(1).default(1).describe('The part of all keys that is recorded.'),
    })
    .optional()
    .describe('What is asked, hashed, for "weir cache advise": { file, max_size, sample }.'),
  invalidation: z
    .strictObject({
      listen: listenAddress.prefault('127.0.0.1:4009').describe('An address of its own, not for the public.'),
      path: urlPath.default('/invalidation'),
      shared_key: z
        .string()
        .min(16)
        .max(1024)
        .optional()
        .describe('Who sends it in "authorization" may drop entries. Without one nothing listens.'),
    })
    .prefault({}),
});
