import { tableFrom } from "../../../src/frames/table-from.js";
import { BENCHED } from "./benched.js";
import { threadSeconds } from "./thread-time.js";

// One frame in a fresh process: its conversions and readings in turns, and what the table adds to memory.

/** CPU seconds of the calling thread, and seconds by the clock. */
export interface Times {
  readonly cpu: number;
  readonly wall: number;
}

/** What the process prints. */
export interface Measured {
  readonly conversions: readonly Times[];
  readonly readings: readonly Times[];
  /** Readings that keep the values; none where the frame is not read so. */
  readonly keepings: readonly Times[];
  readonly grownBytes: number;
  readonly numberColumns: number;
  /** How many columns of numbers of the table have the memory of the frame. */
  readonly sharedColumns: number;
}

const [key, rows, pairs] = process.argv.slice(2);
const { frame, read, keep, buffersOf } = await BENCHED[key](Number(rows));
const collect = (globalThis as { readonly gc?: () => void }).gc ?? (() => {});

function used(): number {
  collect();
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

async function timed(work: () => unknown): Promise<Times> {
  collect();
  const wallStart = performance.now();
  const cpuStart = threadSeconds();
  await work();
  return { cpu: threadSeconds() - cpuStart, wall: (performance.now() - wallStart) / 1e3 };
}

const conversions: Times[] = [];
const readings: Times[] = [];
const keepings: Times[] = [];
for (let pair = 0; pair < Number(pairs); pair++) {
  readings.push(
    await timed(() => {
      if (Number.isNaN(read())) throw new Error("the values were not read");
    }),
  );
  if (keep !== undefined) keepings.push(await timed(keep));
  conversions.push(await timed(() => tableFrom(frame)));
}
const before = used();
const table = await tableFrom(frame);
const grownBytes = used() - before;
const shared = buffersOf();
const numbers = table.columns.flatMap((column) => (column.kind === "numeric" ? [column.values] : []));
const measured: Measured = {
  conversions,
  readings,
  keepings,
  grownBytes,
  numberColumns: numbers.length,
  sharedColumns: numbers.filter(({ buffer }) => shared.has(buffer)).length,
};
process.stdout.write(JSON.stringify(measured));
