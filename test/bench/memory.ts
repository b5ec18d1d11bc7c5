import { readFileSync } from "node:fs";

/** Memory that this process holds now, in bytes. */
export function residentBytes(): number {
  return statusBytes("VmRSS") ?? process.memoryUsage.rss();
}

/** The most memory it ever held. Not `maxRSS` where it can be helped, which also counts its parent's before the fork. */
export function peakBytes(): number {
  return statusBytes("VmHWM") ?? process.resourceUsage().maxRSS * 1024;
}

function statusBytes(field: string): number | undefined {
  try {
    const line = new RegExp(`^${field}:\\s*(\\d+) kB`, "m").exec(readFileSync("/proc/self/status", "utf8"));
    return line === null ? undefined : Number(line[1]) * 1024;
  } catch {
    return undefined;
  }
}
