import { HoldfastError, Problems } from "../../errors.js";
import { readableFileSize } from "../../files/byte-stream.js";
import { readUtf8 } from "../../files/text-stream.js";
import { type LongWork, Pulse } from "../../progress.js";
import type { ReadingPlan } from "../../table/grammar/column-plan.js";
import type { Place } from "../../table/resolve-column.js";
import { RowCollector } from "../../table/row-collector.js";
import { createTable, type Table } from "../../table/table.js";
import type { JsonLayout } from "./layout.js";
import { parseJson } from "./parse-json.js";
import { jsonElements, jsonLines } from "./records.js";

/** How a JSON file is to be read. */
export interface JsonOptions extends LongWork, ReadingPlan {
  readonly encoding?: string | undefined;
  readonly exclude?: readonly string[] | undefined;
}

/** Records between two checks of the time and the signal. */
const BEAT_RECORDS = 1000;
/**
 * Reads a JSON array of flat objects, or newline-delimited ones, record by record. Numbers and strings follow the
 * rules of {@link tableFromRows}; integers beyond ±2^53 are taken as text, so no digit is lost.
 */
export async function readJson(
  path: string,
  layout: JsonLayout,
  place: Place,
  options: JsonOptions,
): Promise<Table> {
  const size = await readableFileSize(path, place);
  const pulse = new Pulse(options);
  const problems = new Problems();
  const collector = new RowCollector(problems, place, options.exclude ?? []);
  let bytesRead = 0;
  const onBytes = (done: number): void => {
    bytesRead = done;
  };
  const chunks = readUtf8({ path, place, encoding: options.encoding, onBytes });
  for await (const { bytes, line } of layout === "json" ? jsonElements(chunks, place) : jsonLines(chunks)) {
    const parsed = parseJson(bytes.toString("utf8"));
    if (parsed instanceof SyntaxError) {
      const path = { ...place, line };
      problems.add({
        code: "data.malformed",
        path,
        expected: "must be JSON",
        received: undefined,
        hint: parsed.message,
      });
    } else {
      collector.add(parsed);
    }
    if (collector.rowCount % BEAT_RECORDS === 0) {
      pulse.report({ phase: "reading", done: Math.min(bytesRead, size), total: size });
      await pulse.beat();
    }
  }
  const columns = collector.finish(problems.count === 0 && collector.rowCount > 0 ? options : {});
  problems.throwIfAny();
  if (collector.rowCount === 0 || columns.length === 0) {
    const expected = collector.rowCount === 0 ? "must have rows" : "must have columns";
    throw new HoldfastError({ code: "data.empty", path: place, expected, received: undefined });
  }
  pulse.report({ phase: "reading", done: size, total: size });
  return createTable(columns, path);
}
