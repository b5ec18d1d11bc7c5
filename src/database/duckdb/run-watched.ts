import type { DuckDBConnection } from "@duckdb/node-api";
import { HoldfastError } from "../../errors.js";
import { type LongWork, Pulse } from "../../progress.js";

/** How often a running statement is asked how far it is, in milliseconds. */
const ASK_EVERY = 200;

/**
 * Runs a statement whose result is of no interest, such as one that makes a table or writes a file; reports how far it
 * is in per cent, where DuckDB knows, and interrupts it when the work is aborted.
 */
export async function runWatched(
  connection: DuckDBConnection,
  sql: string,
  phase: string,
  work: LongWork,
): Promise<void> {
  const pulse = new Pulse(work);
  await pulse.beat();
  let furthest = 0;
  const watch = setInterval(() => {
    if (work.signal?.aborted) connection.interrupt();
    const percent = Math.floor(connection.progress.percentage);
    if (percent <= furthest || percent >= 100) return;
    furthest = percent;
    pulse.report({ phase, done: percent, total: 100 });
  }, ASK_EVERY);
  try {
    await connection.run(sql);
  } catch (error) {
    await pulse.beat();
    throw outOfMemory(error) ?? error;
  } finally {
    clearInterval(watch);
  }
  pulse.report({ phase, done: 100, total: 100 });
}

function outOfMemory(error: unknown): HoldfastError | undefined {
  if (!(error instanceof Error) || !/out of memory/i.test(error.message)) return undefined;
  return new HoldfastError({
    code: "resource.memory",
    path: {},
    expected: "must have more memory than the limit",
    received: undefined,
    hint: `raise memoryLimit, or ask for fewer cutoffs at a time; ${error.message.split("\n", 1)[0]}`,
  });
}
