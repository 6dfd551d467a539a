import type { Source, SourceReading } from '../source/source.ts';

export interface RelayedSource {
  readonly source: Source;
  readonly receive: (reading: SourceReading) => void;
}

/** A supergraph that another process reads and follows: what it sends is what there is to read. */
export function relayedSource(): RelayedSource {
  let receive: (reading: SourceReading) => void = () => undefined;
  const first = new Promise<SourceReading>((resolve) => (receive = resolve));
  let onReading: ((reading: SourceReading) => void) | undefined;
  let isFirst = true;
  return {
    receive: (reading) => {
      if (isFirst) receive(reading);
      else onReading?.(reading);
      isFirst = false;
    },
    source: {
      read: () => first,
      follow: (tell) => {
        onReading = tell;
      },
      close: () => Promise.resolve(),
    },
  };
}
