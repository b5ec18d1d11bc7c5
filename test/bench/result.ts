/** One measured figure, and the same of a peer where there is one. */
export interface BenchResult {
  readonly bench: string;
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly peer: string | null;
  readonly peerValue: number | null;
  /** value / peerValue */
  readonly ratio: number | null;
}

/**
 * The options of a benchmark on the command line; each has its own defaults and ignores options that it does not use.
 */
export interface BenchFlags {
  readonly rows?: number;
  /** Runs of each contestant, in turns. */
  readonly pairs?: number;
  readonly threads?: number;
  /** Trees. */
  readonly rounds?: number;
  readonly seeds?: number;
  /** Repeats of the cross-fit. */
  readonly repeats?: number;
  /** Bootstrap samples. */
  readonly replicates?: number;
  /** Parts of a benchmark by name, separated by commas. */
  readonly only?: string | undefined;
  /** The file in which answers are kept. */
  readonly journal?: string | undefined;
  /** Nothing is run: the figures are those of the journal. */
  readonly recorded?: boolean | undefined;
  /** The file for the tables as Markdown. */
  readonly markdown?: string | undefined;
}

/** A benchmark by name; yields nothing, with the reason on standard error, when what it needs is missing. */
export interface Bench {
  readonly name: string;
  readonly about: string;
  /** Takes minutes: runs only when its whole name is given. */
  readonly isOnRequest?: boolean;
  run(flags: BenchFlags): Promise<BenchResult[]>;
}

export function result(
  bench: string,
  what: string,
  value: number,
  unit: string,
  peer?: { readonly name: string; readonly value: number },
): BenchResult {
  const ratio = peer === undefined ? null : value / peer.value;
  return { bench, what, value, unit, peer: peer?.name ?? null, peerValue: peer?.value ?? null, ratio };
}

/** CPU seconds (user and system, all threads) and wall seconds of some work. */
export async function timed<Value>(
  work: () => Promise<Value> | Value,
): Promise<{ value: Value; cpu: number; wall: number }> {
  const wallStart = performance.now();
  const cpuStart = process.cpuUsage();
  const value = await work();
  const { user, system } = process.cpuUsage(cpuStart);
  return { value, cpu: (user + system) / 1e6, wall: (performance.now() - wallStart) / 1e3 };
}
