import { mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { HoldfastError, invalidArgument } from "../../errors.js";
import { writeWhole } from "../../files/whole-file.js";
import { unwritableIfSystem } from "../../files/write-faults.js";
import { didYouMean } from "../../nearest-name.js";
import { type LongWork, Pulse } from "../../progress.js";
import type { Table } from "../../table/table.js";
import { operatorBlocks } from "../operator-blocks.js";
import { type OperatorOptions, operatorPlan } from "../plan.js";
import { FACT_NAMES, type OperatorTables, TRUTH_NAMES } from "./fact-log.js";

/** Functions that open files, by format. */
const OPENERS = {
  parquet: async (paths: readonly string[], work: LongWork) =>
    (await import("./parquet-files.js")).openParquetFiles(paths, work),
  csv: async (paths: readonly string[], work: LongWork) =>
    (await import("./csv-files.js")).openCsvFiles(paths, work),
};

/** A file format that the simulator writes. */
export type OperatorFormat = keyof typeof OPENERS;
export const OPERATOR_FORMATS = Object.keys(OPENERS) as readonly OperatorFormat[];
const [DEFAULT_FORMAT] = OPERATOR_FORMATS;

/** Which operator to simulate, and how to write it. */
export interface WriteOperatorOptions extends OperatorOptions, LongWork {
  /** `"parquet"` (default), which needs DuckDB, or `"csv"`. */
  readonly format?: OperatorFormat | undefined;
  /** Whether the truth is written too, into the subfolder `truth`. Default true. */
  readonly truth?: boolean | undefined;
  /** How many subscribers are held in memory at a time, at least 1; the rows do not depend on it. Default 5,000. */
  readonly blockSize?: number | undefined;
}

/** A file that was written. */
export interface WrittenTable {
  readonly path: string;
  readonly rowCount: number;
  readonly bytes: number;
}

/**
 * Simulates an operator and writes its history to files in a folder, one per table, holding at most one block of
 * subscribers in memory: `subscribers.parquet`, …, and `truth/causes.parquet`, ….
 * See `simulateOperator` for the tables. The folder is created if it does not exist. The files appear together, when all
 * are complete; existing ones are replaced.
 * @example await writeOperator("operator", { subscribers: 1_000_000, months: 24, seed: 1 });
 * @throws HoldfastError with all options that are out of range, and `data.unwritable` when the folder is not writable.
 */
export async function writeOperator(
  folder: string,
  options: WriteOperatorOptions = {},
): Promise<readonly WrittenTable[]> {
  const plan = operatorPlan(options, "writeOperator");
  const { format = DEFAULT_FORMAT, truth = true, blockSize = 5000 } = options;
  if (!OPERATOR_FORMATS.includes(format)) {
    const hint = typeof format === "string" ? didYouMean(format, OPERATOR_FORMATS) : undefined;
    invalidArgument("writeOperator", "format", `must be ${OPERATOR_FORMATS.join(" or ")}`, format, hint);
  }
  if (typeof truth !== "boolean") invalidArgument("writeOperator", "truth", "must be true or false", truth);
  if (!Number.isInteger(blockSize) || blockSize < 1) {
    invalidArgument("writeOperator", "blockSize", "must be a whole number from 1", blockSize);
  }
  const truthFolder = join(folder, "truth");
  try {
    await mkdir(truth ? truthFolder : folder, { recursive: true });
  } catch (error) {
    throw folderError(folder, error);
  }
  const paths = [
    ...[...FACT_NAMES, ...(plan.isDaily ? ["activity"] : [])].map((name) =>
      join(folder, `${name}.${format}`),
    ),
    ...(truth ? TRUTH_NAMES.map((name) => join(truthFolder, `${name}.${format}`)) : []),
  ];
  const rowCounts = paths.map(() => 0);
  await writeTogether(paths, async (temporaryPaths) => {
    const files = await OPENERS[format](temporaryPaths, options);
    try {
      const pulse = new Pulse(options);
      for (const { tables, done } of operatorBlocks(
        plan,
        blockSize,
        format === "parquet" ? "numbers" : "texts",
      )) {
        const pieces = tablesInOrder(tables, truth);
        pieces.forEach(({ rowCount }, i) => {
          rowCounts[i] += rowCount;
        });
        await files.append(pieces);
        pulse.report({ phase: "simulating", done, total: plan.subscribers });
        await pulse.beat();
      }
      await files.finish();
    } finally {
      await files.close();
    }
  });
  return Promise.all(
    paths.map(async (path, i) => ({ path, rowCount: rowCounts[i], bytes: (await stat(path)).size })),
  );
}

/** A file in the place of the folder is said to be one; what else the system says is about writing. */
function folderError(folder: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== "EEXIST" && code !== "ENOTDIR") return unwritableIfSystem(folder, error);
  return new HoldfastError({
    code: "data.unwritable",
    path: { file: folder },
    expected: "must be a folder or not exist yet, there is a file of this name",
    received: undefined,
  });
}

/** Completes all files before the first is renamed to its target, see {@link writeWhole}. */
async function writeTogether(
  paths: readonly string[],
  write: (temporaryPaths: readonly string[]) => Promise<void>,
  temporaryPaths: readonly string[] = [],
): Promise<void> {
  const [path, ...rest] = paths;
  if (path === undefined) return write(temporaryPaths);
  await writeWhole(path, (temporary) => writeTogether(rest, write, [...temporaryPaths, temporary]));
}

function tablesInOrder(tables: OperatorTables, truth: boolean): Table[] {
  return [
    ...FACT_NAMES.map((name) => tables[name]),
    ...(tables.activity === undefined ? [] : [tables.activity]),
    ...(truth ? TRUTH_NAMES.map((name) => tables.truth[name]) : []),
  ];
}
