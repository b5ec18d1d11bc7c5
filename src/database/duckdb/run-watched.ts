import type { DuckDBConnection } from "@duckdb/node-api";
import { HoldfastError } from "../../errors.js";
import { type LongWork, Pulse } from "../../progress.js";

/** Time between two looks at the progress of a running statement, in milliseconds. */
const ASK_EVERY = 200;

/**
 * Runs a statement whose result is not needed, such as one that creates a table or writes a file; reports its progress in
 * per cent, where DuckDB knows it, and interrupts the statement when the work is aborted.
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
    hint: `raise \`memoryLimit\`, or ask for fewer cutoffs at a time; ${error.message.split("\n", 1)[0]}`,
  });
}
