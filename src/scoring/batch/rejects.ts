import { createHash } from "node:crypto";
import { count, HoldfastError, optionText, type Problem, showValue } from "../../errors.js";
import { removeLeftoversOf } from "../../files/leftovers.js";
import { type FileDigest, WholeWriter, type WholeWriterOptions } from "../../files/whole-writer.js";
import type { RejectedRow } from "../../rows/row-source.js";
import type { TableSink } from "../../table/table-sink.js";

/** Most problems that are kept for the error when there are too many rejects. */
const KEPT_PROBLEMS = 100;

/** How many rows a job may reject, and what happens when there are more. */
export class RejectLimit {
  private readonly problems: Problem[] = [];
  private problemCount = 0;
  count = 0;

  constructor(private readonly most: number) {}

  /** Adds the rejects of a part that an earlier run had done. */
  addEarlier(rows: number): void {
    this.count += rows;
  }

  add(rows: readonly RejectedRow[]): void {
    this.count += rows.length;
    for (const { problems } of rows) {
      this.problemCount += problems.length;
      if (this.problems.length < KEPT_PROBLEMS) this.problems.push(...problems);
    }
  }

  /** Of the rows that this run has rejected. */
  get firstProblem(): Problem | undefined {
    return this.problems[0];
  }

  /** Whether the job will fail, and enough problems are known for its error. */
  get isHopeless(): boolean {
    return this.count > this.most && this.problems.length >= KEPT_PROBLEMS;
  }

  /** @throws HoldfastError with the problems of the rejected rows, when there are more than the limit. */
  check(): void {
    if (this.count <= this.most) return;
    const kept = this.problems.slice(0, KEPT_PROBLEMS);
    const [first, ...others] = kept;
    const hint = `${this.most === 0 ? "" : `more than ${count(this.most, "row")}; `}${optionText("rejects", "rejects.ndjson")} scores the other rows and writes these there`;
    throw new HoldfastError(
      [{ ...first, hint: first.hint ?? hint }, ...others],
      Math.max(this.problemCount, kept.length),
    );
  }
}

/** Takes the rows that can't be scored, with all their cells. */
export interface RejectsFile {
  add(source: string, rows: readonly RejectedRow[]): Promise<void>;
  /** Lines that {@link rejectLine} made. */
  addLines(lines: readonly string[]): Promise<void>;
  /** Completes the file; without rejects it is empty, or only a header. */
  finish(): Promise<void>;
  /** Once it is finished, where the file was opened with `isHashed`. */
  digest(): FileDigest | undefined;
  abandon(): Promise<void>;
}

/** A sink and a file of rejects that are finished. */
export interface Outputs<Result> {
  readonly result: Result;
  readonly sink: TableSink;
  readonly rejects: RejectsFile | undefined;
}

/**
 * Runs work with a sink and a file of rejects. Both are finished when the work is done, the rejects first, so that no row
 * disappears; when anything fails, both are abandoned.
 * @param check may refuse the scores when the rejects are complete: those stay.
 */
export async function withOutputs<Result>(
  openSink: () => Promise<TableSink>,
  openedRejects: () => Promise<RejectsFile | undefined>,
  work: (sink: TableSink, rejects: RejectsFile | undefined) => Promise<Result>,
  check: () => void = () => {},
): Promise<Outputs<Result>> {
  const rejects = await openedRejects();
  let sink: TableSink | undefined;
  try {
    sink = await openSink();
    const result = await work(sink, rejects);
    await rejects?.finish();
    check();
    await sink.finish();
    return { result, sink, rejects };
  } catch (error) {
    await sink?.abandon();
    await rejects?.abandon();
    throw error;
  }
}

/** One line of NDJSON for a row: `source`, `row`, `line`, `column`, `reason`, and the row itself as `values` or `text`. */
export function rejectLine(source: string, { row, line, problems, values, text }: RejectedRow): string {
  const columns = problems.flatMap(({ path }) => (path.column === undefined ? [] : [path.column]));
  return JSON.stringify(
    {
      source,
      row,
      ...(line === undefined ? {} : { line }),
      ...(columns.length === 0 ? {} : { column: columns.join(", ") }),
      reason: problems.map(reasonOf).join("; "),
      ...(values === undefined ? { text: text ?? "" } : { values }),
    },
    (_, value: unknown) => (typeof value === "bigint" ? String(value) : value),
  );
}

/** The file of rejects that a caller asks for. What a killed job left of it is removed. */
export async function rejectsOfJob(path: string | undefined): Promise<RejectsFile | undefined> {
  if (path === undefined) return undefined;
  await removeLeftoversOf(path);
  return openRejects(path);
}

/** The rejects of one part, in a file of its folder that is only opened when there are any. */
export function rejectsOfPart(path: string): RejectsFile {
  let opened: RejectsFile | undefined;
  const file = async () => {
    opened ??= await openRejects(path, { leavesFolder: true, isHashed: true });
    return opened;
  };
  return {
    async add(source, rows) {
      if (rows.length > 0) await (await file()).add(source, rows);
    },
    addLines: async (lines) => (await file()).addLines(lines),
    finish: async () => opened?.finish(),
    digest: () => (opened === undefined ? NO_BYTES : opened.digest()),
    abandon: async () => opened?.abandon(),
  };
}

const NO_BYTES: FileDigest = { bytes: 0, sha256: createHash("sha256").digest("hex") };

/** Opens a file of rejects: NDJSON, or CSV if its name ends in `.csv`, with the row itself as JSON in the last field. */
export async function openRejects(path: string, options?: WholeWriterOptions): Promise<RejectsFile> {
  const file = await WholeWriter.open(path, options);
  const isCsv = /\.csv$/i.test(path);
  const addLines = async (lines: readonly string[]) => {
    for (const line of lines) await file.write(`${isCsv ? csvLine(line) : line}\n`);
  };
  if (isCsv) await file.write("source,row,line,column,reason,content\n");
  return {
    add: (source, rows) => addLines(rows.map((row) => rejectLine(source, row))),
    addLines,
    finish: () => file.finish(),
    digest: () => file.digest(),
    abandon: () => file.abandon(),
  };
}

function csvLine(line: string): string {
  const {
    source,
    row,
    line: number,
    column,
    reason,
    values,
    text,
  } = JSON.parse(line) as Record<string, unknown>;
  const cells = [
    source,
    row,
    number ?? "",
    column ?? "",
    reason,
    values === undefined ? text : JSON.stringify(values),
  ];
  return cells.map((cell) => `"${String(cell).replaceAll('"', '""')}"`).join(",");
}

function reasonOf({ expected, received, hint }: Problem): string {
  const what = received === undefined ? expected : `${expected}, received ${showValue(received)}`;
  return hint === undefined ? what : `${what} (${hint})`;
}
