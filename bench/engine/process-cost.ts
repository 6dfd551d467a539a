import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** What processes have used, read from /proc (Linux). */

const ticksPerSecond = 100;

interface ProcessStat {
  readonly pid: number;
  readonly parent: number;
  readonly ticks: number;
}

function stats(): readonly ProcessStat[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    const text = readIfThere(`/proc/${name}/stat`);
    // The command in parentheses may hold anything.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    if (fields.length < 14) return [];
    return [{ pid: Number(name), parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) }];
  });
}

function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function tree(root: number, all: readonly ProcessStat[]): readonly ProcessStat[] {
  const members = new Set([root]);
  for (let before = 0; before !== members.size;) {
    before = members.size;
    for (const { pid, parent } of all) if (members.has(parent)) members.add(pid);
  }
  return all.filter(({ pid }) => members.has(pid));
}

/** User and system time of a process and its descendants, all threads, in milliseconds. */
export function cpuMs(root: number): number {
  return tree(root, stats()).reduce((sum, { ticks }) => sum + (ticks * 1000) / ticksPerSecond, 0);
}

/** Lets the peak be counted from now. */
export function resetPeakMemory(root: number): void {
  for (const { pid } of tree(root, stats())) {
    try {
      writeFileSync(`/proc/${String(pid)}/clear_refs`, '5');
    } catch {
      // Where that is not allowed the peak is since the process began.
    }
  }
}

/** Highest resident memory of a process and its descendants, in MB. */
export function peakMemoryMb(root: number): number {
  return tree(root, stats()).reduce((sum, { pid }) => {
    const kb = /^VmHWM:\s*(\d+)/m.exec(readIfThere(`/proc/${String(pid)}/status`))?.[1];
    return sum + Number(kb ?? 0) / 1024;
  }, 0);
}

/** How long one processor has been busy, in milliseconds, with anything. */
export function processorBusyMs(processor: number): number {
  const line = new RegExp(`^cpu${String(processor)} (.*)$`, 'm').exec(readIfThere('/proc/stat'))?.[1] ?? '';
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0, steal = 0] = line.split(' ').map(Number);
  return ((user + nice + system + irq + softirq + steal) * 1000) / ticksPerSecond;
}
