import { readFileSync } from "node:fs";

/**
 * CPU seconds of the calling thread, without those of V8's helpers, which mark the caller's frame for the garbage collector at
 * the same time: Linux counts them for each thread; elsewhere those of the whole process.
 */
export function threadSeconds(): number {
  try {
    return Number(readFileSync("/proc/thread-self/schedstat", "latin1").split(" ", 1)[0]) / 1e9;
  } catch {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  }
}
