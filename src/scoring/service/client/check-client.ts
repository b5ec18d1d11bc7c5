import { checkOptions } from "../../../arguments.js";
import { invalidArgument } from "../../../errors.js";
import type { Row } from "../../../predict/row-reader.js";

/** The address of a service without slashes at its end. @throws HoldfastError for what is no address. */
export function checkedAddress(url: unknown): string {
  const fail = (received: unknown, hint: string): never =>
    invalidArgument(
      "createClient",
      "url",
      "must be the address of a service, with its scheme",
      received,
      hint,
    );
  const example = "such as http://127.0.0.1:8080";
  if (url instanceof URL) fail(url.href, "pass the text url.href");
  if (typeof url === "number") fail(url, `write "http://127.0.0.1:${url}"`);
  if (url instanceof Promise) fail("a promise", "await it first");
  if (typeof url !== "string" || url.trim() === "") fail(url, example);
  const text = url as string;
  if (!/^[a-z][a-z0-9+.-]*:\/\//iu.test(text)) {
    const meant = `http://${text.replace(/^\/+/, "")}`;
    fail(text, URL.canParse(meant) ? `write ${JSON.stringify(meant)}` : example);
  }
  if (!/^https?:\/\//iu.test(text) || !URL.canParse(text)) fail(text, example);
  return text.replace(/\/+$/, "");
}

/** The longest time that timers can wait, in milliseconds. */
const LONGEST = 2 ** 31 - 1;

/** @throws HoldfastError `argument.invalid`; a token is never shown. */
export function checkClientOptions(token: unknown, timeout: unknown, send: unknown): void {
  const fail = (argument: string, expected: string, received: unknown, hint?: string): never =>
    invalidArgument("createClient", argument, expected, received, hint);
  if (token !== undefined && (typeof token !== "string" || !/^[^\s\u0100-\uffff]+$/u.test(token))) {
    const hint = "leave out line ends and blanks around it";
    fail("token", "must be a text without blanks that a header can hold", undefined, hint);
  }
  if (typeof timeout !== "number" || !(timeout > 0 && timeout <= LONGEST)) {
    fail(
      "timeout",
      `must be milliseconds, above 0 and at most ${LONGEST}`,
      timeout,
      "leave it out for 10 seconds",
    );
  }
  if (typeof send !== "function") fail("fetch", "must be a function", send);
}

/** The options of a request. @throws HoldfastError for unknown ones. */
export function checkedAsk<Options extends object>(
  functionName: string,
  options: Options,
  names: Readonly<Record<string, "optional" | "required">>,
): Options {
  checkOptions(functionName, options, names);
  return options;
}

/** @throws HoldfastError for anything but one row object. */
export function checkRow(row: unknown): void {
  const fail = (received: unknown, hint?: string): never =>
    invalidArgument("predictOne", "row", "must be an object of column names and values", received, hint);
  if (Array.isArray(row)) fail(row, "predictMany(rows) predicts a list of rows");
  if (typeof row !== "object" || row === null) fail(row);
  if ("then" in (row as object)) fail("a promise", "await it first");
  if ("rowCount" in (row as object) && "columns" in (row as object)) {
    fail("a Table", "predictMany(rowsOf(table)) predicts a table");
  }
}

/** @throws HoldfastError for anything but a list. */
export function checkRows(rows: unknown): void {
  if (Array.isArray(rows)) return;
  const fail = (received: unknown, hint?: string): never =>
    invalidArgument("predictMany", "rows", "must be a list of row objects", received, hint);
  if (typeof rows !== "object" || rows === null) fail(rows);
  if ("then" in (rows as object)) fail("a promise", "await it first");
  if ("rowCount" in (rows as object) && "columns" in (rows as object)) fail("a Table", "pass rowsOf(table)");
  fail(rows, "put a single row into a list: [row], or use predictOne(row)");
}

/** @throws HoldfastError for anything but an object of tables. */
export function checkFacts(facts: unknown): void {
  if (typeof facts === "object" && facts !== null && !Array.isArray(facts)) return;
  const hint = Array.isArray(facts) ? "{ subscribers: [ … ], usage: [ … ] } holds them by table" : undefined;
  invalidArgument("predictFromFacts", "facts", "must be an object of tables and their rows", facts, hint);
}

/** The JSON of a request. @throws HoldfastError for a value that JSON does not have. */
export function jsonOf(functionName: string, body: object): string {
  const argument = ["row", "rows", "facts"].find((name) => name in body) ?? "options";
  try {
    return JSON.stringify(body, asJson);
  } catch {
    const hint = "values are numbers, texts, booleans, dates or null";
    return invalidArgument(functionName, argument, "must hold values that JSON has", undefined, hint);
  }
}

/** What JSON has no form for is sent as its text: a long integer keeps its digits, and the service refuses what is infinite. */
function asJson(_: string, value: unknown): unknown {
  const isInfinite = typeof value === "number" && Math.abs(value) === Infinity;
  return isInfinite || typeof value === "bigint" ? String(value) : value;
}

/** A row with null where a value is undefined: JSON would leave the column out. */
export function sentRow(row: Row): Row {
  const entries = Object.entries(row);
  if (entries.every(([, value]) => value !== undefined)) return row;
  return Object.fromEntries(entries.map(([name, value]) => [name, value ?? null]));
}
