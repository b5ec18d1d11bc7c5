/** Counts what happened by who did what, and keeps what must not happen. */
export class Tally {
  private readonly counts = new Map<string, number>();
  private readonly broken = new Map<string, number>();
  readonly latencies: number[] = [];

  add(who: string, what: string | number, times = 1): void {
    const key = `${who}: ${what}`;
    this.counts.set(key, (this.counts.get(key) ?? 0) + times);
  }

  /** A promise that was not kept. */
  breach(what: string): void {
    this.broken.set(what, (this.broken.get(what) ?? 0) + 1);
  }

  /** In the order of their names. */
  get entries(): readonly (readonly [what: string, times: number])[] {
    return [...this.counts].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  get breaches(): readonly (readonly [what: string, times: number])[] {
    return [...this.broken];
  }
}

/** What all parts of a chaos run share. */
export interface Chaos {
  readonly tally: Tally;
  /** In [0, 1), from the run's seed. */
  readonly random: () => number;
  /** Aborted at the end of the run. */
  readonly end: AbortSignal;
}

/** A whole number from 0 to `below` − 1. */
export function pick(random: () => number, below: number): number {
  return Math.floor(random() * below);
}
