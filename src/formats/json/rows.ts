import { Problems } from "../../errors.js";
import { readUtf8 } from "../../files/text-stream.js";
import { type LongWork, Pulse } from "../../progress.js";
import { BatchBuilder } from "../../rows/batch-builder.js";
import { composedRow } from "../../rows/composed-row.js";
import {
  type Extent,
  missingColumn,
  type NeededColumn,
  type RowBatch,
  type RowSource,
} from "../../rows/row-source.js";
import type { JsonLayout } from "./layout.js";
import { parseJson } from "./parse-json.js";
import { jsonElements, jsonLines } from "./records.js";

/** How JSON is read. */
export interface JsonRowsOptions {
  readonly encoding?: string | undefined;
  /** Instead of the file's bytes. */
  readonly bytes?: AsyncIterable<Buffer> | undefined;
}

/** Records between two checks of the time and the signal. */
const BEAT_RECORDS = 1000;

/**
 * The rows of newline-delimited JSON, or of a JSON array. Where a row does not have a key, its value is missing; a needed
 * key that no row has is an error at the end.
 */
export class JsonRows implements RowSource {
  private bytesRead = 0;
  private size: number | undefined;

  constructor(
    readonly name: string,
    private readonly layout: JsonLayout,
    private readonly options: JsonRowsOptions = {},
  ) {}

  extent(): Extent {
    return { done: this.bytesRead, total: this.size };
  }

  async *batches(needed: readonly NeededColumn[], work: LongWork): AsyncGenerator<RowBatch, void, undefined> {
    const place = { file: this.name };
    const pulse = new Pulse(work);
    const chunks = readUtf8({
      ...this.options,
      path: this.name,
      place,
      onBytes: (done) => this.saw(done),
      onSize: (size) => {
        this.size = size;
      },
    });
    const builder = new BatchBuilder(needed, this.name);
    const seen = needed.map(() => false);
    let records = 0;
    let objects = 0;
    for await (const { bytes, line } of this.layout === "json"
      ? jsonElements(chunks, place)
      : jsonLines(chunks)) {
      const text = bytes.toString("utf8");
      const value = parseJson(text);
      builder.reserve(1);
      if (isObject(value)) {
        objects++;
        putRow(builder, needed, value, seen, line);
      } else {
        const problem = value instanceof Error ? "must be JSON" : "must be an object";
        builder.refuseRow(builder.filled, {
          code: "data.malformed",
          path: { ...place, line, row: builder.numberOf(builder.filled) },
          expected: problem,
          received: value instanceof Error ? undefined : value,
          ...(value instanceof Error ? { hint: value.message } : {}),
        });
        builder.describe(builder.filled, { line, text: text.trim() });
      }
      builder.filled++;
      if (builder.isFull) yield builder.finish();
      if (++records % BEAT_RECORDS === 0) await pulse.beat();
    }
    if (builder.filled > 0) yield builder.finish();
    if (objects > 0) this.checkSeen(needed, seen);
  }

  private saw(done: number): void {
    this.bytesRead = done;
  }

  private checkSeen(needed: readonly NeededColumn[], seen: readonly boolean[]): void {
    const problems = new Problems();
    needed.forEach((column, c) => {
      if (!seen[c]) problems.add(missingColumn(column, this.name));
    });
    problems.throwIfAny();
  }
}

function putRow(
  builder: BatchBuilder,
  needed: readonly NeededColumn[],
  row: Readonly<Record<string, unknown>>,
  seen: boolean[],
  line: number,
): void {
  const at = builder.filled;
  // Own properties only: "__proto__" as a key of the text is one of them, what the prototype has is not.
  const isWhole = needed.every(({ name }) => Object.hasOwn(row, name));
  const named = isWhole ? row : (composedRow(row) ?? row);
  for (let c = 0; c < needed.length; c++) {
    const { name } = needed[c];
    const isThere = isWhole || Object.hasOwn(named, name);
    if (isThere) seen[c] = true;
    const value = isThere ? named[name] : null;
    const problem = builder.cells[c].put(at, value);
    if (problem !== undefined) {
      builder.refuse(at, c, problem, value);
      builder.describe(at, { line, values: row });
    }
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Error);
}
