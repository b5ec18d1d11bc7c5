import { HoldfastError } from "../../errors.js";
import type { Place } from "../../table/resolve-column.js";
import { nameColumns } from "./unnamed-columns.js";

/** The header line of delimited bytes. */
export interface DelimitedHeader {
  readonly delimiter: number;
  /** A column without a name is called by its position. */
  readonly names: readonly string[];
  /** The fields of the columns without a name. */
  readonly unnamed: readonly number[];
  /** Offset and line of the first record after it. */
  readonly end: number;
  readonly nextLine: number;
}

/** A header line, and where it ends. */
type HeaderLine = Omit<DelimitedHeader, "unnamed">;

/** What says how fields are separated, the first that is there; the line `sep=;` comes between them. */
export interface Delimiters {
  /** What the caller asked for. */
  readonly delimiter?: string | undefined;
  /** What the format has otherwise. Default: found in the header line. */
  readonly usualDelimiter?: string | undefined;
}

const CANDIDATES = [",", ";", "\t", "|"];

/**
 * Finds the header: the first line that is not blank, and not Excel's `sep=;`, which names the delimiter. Where nothing
 * does, it is the one of comma, semicolon, tab and bar that cuts the line into the most fields.
 * Returns undefined when the bytes end within it and more may come; null when there is nothing but blank lines.
 * @throws HoldfastError when no column has a name.
 */
export function findHeader(
  bytes: Buffer,
  to: number,
  isLast: boolean,
  { delimiter, usualDelimiter }: Delimiters,
  place: Place,
): DelimitedHeader | undefined | null {
  let { from, line } = behindBlankLines(bytes, 0, to, 1);
  const separator = separatorLine(bytes, from, to, isLast);
  if (separator === undefined) return undefined;
  if (separator !== null) ({ from, line } = behindBlankLines(bytes, separator.end, to, line + 1));
  if (from >= to || isBlankRest(bytes, from, to)) return isLast ? null : undefined;
  const known = delimiter ?? separator?.delimiter ?? usualDelimiter;
  let best: HeaderLine | undefined;
  for (const candidate of known === undefined ? CANDIDATES : [known]) {
    const header = cutHeader(bytes, from, to, isLast, candidate.charCodeAt(0), line, place);
    if (header === undefined) return undefined;
    if (best === undefined || header.names.length > best.names.length) best = header;
  }
  return best && named(best, { ...place, line });
}

/** A header whose columns all have names. @throws HoldfastError when none had one. */
export function named(header: HeaderLine, place: Place & { readonly line?: number }): DelimitedHeader {
  const { names, unnamed } = nameColumns(header.names);
  if (unnamed.length < names.length) return { ...header, names, unnamed };
  throw new HoldfastError({
    code: "data.malformed",
    path: place,
    expected: "must be the header line: it names no column",
    received: undefined,
    hint: "write the names of the columns into the first line, and take out lines above it",
  });
}

/**
 * The line `sep=;` (also quoted, or filled up with delimiters) in which Excel is told the delimiter. Undefined when the
 * bytes end within it and more may come; null where there is none.
 */
function separatorLine(
  bytes: Buffer,
  from: number,
  to: number,
  isLast: boolean,
): { readonly delimiter: string; readonly end: number } | undefined | null {
  const beginning = bytes.toString("latin1", from, Math.min(to, from + 5));
  if (!/^"?sep=/iu.test(beginning)) {
    return !isLast && to - from < 5 && '"sep='.includes(beginning.toLowerCase()) ? undefined : null;
  }
  let p = from;
  while (p < to && bytes[p] !== 0x0a && bytes[p] !== 0x0d) p++;
  if (!isLast && p + 1 >= to) return undefined;
  const [, delimiter] = /^"?sep=([^\w"])"?\1* *$/iu.exec(bytes.toString("latin1", from, p)) ?? [];
  if (delimiter === undefined || delimiter > "~") return null;
  return { delimiter, end: bytes[p] === 0x0d && bytes[p + 1] === 0x0a ? p + 2 : p + 1 };
}

function behindBlankLines(
  bytes: Buffer,
  start: number,
  to: number,
  firstLine: number,
): { readonly from: number; readonly line: number } {
  let from = start;
  let line = firstLine;
  while (from < to && (bytes[from] === 0x0a || bytes[from] === 0x0d || bytes[from] === 0x20)) {
    const lineEnd = blankLineEnd(bytes, from, to);
    if (lineEnd === undefined) break;
    from = lineEnd;
    line++;
  }
  return { from, line };
}

function blankLineEnd(bytes: Buffer, from: number, to: number): number | undefined {
  let p = from;
  while (p < to && bytes[p] === 0x20) p++;
  if (p < to && bytes[p] === 0x0d) return p + 1 < to && bytes[p + 1] === 0x0a ? p + 2 : p + 1;
  return p < to && bytes[p] === 0x0a ? p + 1 : undefined;
}

function isBlankRest(bytes: Buffer, from: number, to: number): boolean {
  for (let p = from; p < to; p++) if (bytes[p] !== 0x20) return false;
  return true;
}

function cutHeader(
  bytes: Buffer,
  from: number,
  to: number,
  isLast: boolean,
  delimiter: number,
  line: number,
  place: Place,
): HeaderLine | undefined {
  const names: string[] = [];
  let p = from;
  let nextLine = line;
  for (;;) {
    let name: string;
    if (bytes[p] === 0x22 && p < to) {
      let close = p + 1;
      while (close < to && (bytes[close] !== 0x22 || bytes[close + 1] === 0x22)) {
        if (bytes[close] === 0x22) close++;
        else if (bytes[close] === 0x0a) nextLine++;
        close++;
      }
      if (close + (isLast ? 0 : 1) >= to) {
        if (!isLast) return undefined;
        if (close >= to) throw unclosed(place, line);
      }
      name = bytes.toString("utf8", p + 1, close).replaceAll('""', '"');
      p = close + 1;
    } else {
      name = "";
    }
    const start = p;
    while (p < to && bytes[p] !== delimiter && bytes[p] !== 0x0a && bytes[p] !== 0x0d) p++;
    names.push(name + bytes.toString("utf8", start, p));
    if (p >= to) return isLast ? { delimiter, names, end: to, nextLine } : undefined;
    if (bytes[p] !== delimiter) break;
    p++;
  }
  if (bytes[p] === 0x0d && p + 1 >= to && !isLast) return undefined;
  const end = bytes[p] === 0x0d && p + 1 < to && bytes[p + 1] === 0x0a ? p + 2 : p + 1;
  return { delimiter, names, end, nextLine: nextLine + 1 };
}

function unclosed(place: Place, line: number): HoldfastError {
  const expected = "must close the quote that opens here";
  return new HoldfastError({
    code: "data.malformed",
    path: { ...place, line },
    expected,
    received: undefined,
  });
}
