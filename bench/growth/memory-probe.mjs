// Loaded into the gateway's process with --import: on SIGUSR2 every thread collects its garbage, and what is left is
// written to the file that GROWTH_PROBE names.
import { writeFileSync } from 'node:fs';
import { isMainThread, threadId } from 'node:worker_threads';

const channel = new BroadcastChannel('growth-probe');
channel.unref();

async function heapMb() {
  // What finalizers hold goes with the collection after.
  globalThis.gc();
  await new Promise((resolve) => setTimeout(resolve, 50));
  globalThis.gc();
  return process.memoryUsage().heapUsed / 2 ** 20;
}

if (isMainThread) {
  const threads = new Map();
  channel.onmessage = ({ data }) => threads.set(data.threadId, data.heapMb);
  process.on('SIGUSR2', async () => {
    const heap = await heapMb();
    channel.postMessage('measure');
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const threadsMb = [...threads.values()].reduce((sum, one) => sum + one, 0);
    const { rss, external } = process.memoryUsage();
    const [rssMb, externalMb] = [rss, external].map((bytes) => bytes / 2 ** 20);
    writeFileSync(process.env.GROWTH_PROBE, JSON.stringify({ heapMb: heap, threadsMb, rssMb, externalMb }));
  });
} else {
  channel.onmessage = async ({ data }) => {
    if (data === 'measure') channel.postMessage({ threadId, heapMb: await heapMb() });
  };
}
