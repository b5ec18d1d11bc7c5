import type { Readable } from "node:stream";
import { checkOptions } from "../arguments.js";
import type { Database } from "../database/database.js";
import { DATABASES } from "../database/databases.js";
import { HoldfastError, invalidArgument } from "../errors.js";
import type { StreamFormat } from "./formats.js";

/** Rows of a stream, such as standard input. */
export interface StreamInput {
  readonly stream: Readable;
  readonly format: StreamFormat;
}

/** What messages call a stream. */
export const STREAM_LABEL = "standard input";

/** What messages call a query. */
export function queryLabel({ label }: Pick<Database<object, object>, "label">): string {
  return `${label} query`;
}

/** Whether a table's source is a path, and not what messages call a query or a stream. */
export function isPath(source: string): boolean {
  return source !== STREAM_LABEL && DATABASES.every((database) => source !== queryLabel(database));
}

/** @throws HoldfastError for what is no query, unknown options beside it, and connections that are none. */
export function checkQuery(
  functionName: string,
  argument: string,
  input: object,
  { name, inputOptions, problems }: Database<object, object>,
): void {
  checkOptions(functionName, input, inputOptions, argument);
  const query = (input as Readonly<Record<string, unknown>>)[name];
  if (typeof query !== "string" || query.trim() === "") {
    invalidArgument(functionName, `${argument}.${name}`, "must be a query, one SELECT", query);
  }
  const found = problems?.(functionName, argument, input) ?? [];
  if (found.length > 0) throw new HoldfastError(found);
}

/** @throws HoldfastError for what is no stream to read from. */
export function checkStream(
  functionName: string,
  argument: string,
  input: object,
): asserts input is StreamInput {
  checkOptions(functionName, input, { stream: "required", format: "required" }, argument);
  const { stream } = input as StreamInput;
  const isStream = typeof stream === "object" && stream !== null && Symbol.asyncIterator in stream;
  if (isStream) return;
  const hint = typeof stream === "string" ? `pass a path itself as the ${argument}` : undefined;
  invalidArgument(functionName, `${argument}.stream`, "must be a stream to read from", stream, hint);
}
