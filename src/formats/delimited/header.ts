import { HoldfastError } from "../../errors.js";
import type { Place } from "../../table/resolve-column.js";

/** The header line of delimited bytes. */
export interface DelimitedHeader {
  readonly delimiter: number;
  readonly names: readonly string[];
  /** Offset and line of the first record after it. */
  readonly end: number;
  readonly nextLine: number;
}

const CANDIDATES = [",", ";", "\t", "|"];

/**
 * Finds the header: the first line that is not blank. Without a given delimiter it takes the one of comma, semicolon,
 * tab and bar that cuts the line into the most fields.
 * Returns undefined when the bytes end within it and more may come; null when there is nothing but blank lines.
 */
export function findHeader(
  bytes: Buffer,
  to: number,
  isLast: boolean,
  delimiter: string | undefined,
  place: Place,
): DelimitedHeader | undefined | null {
  let from = 0;
  let line = 1;
  while (from < to && (bytes[from] === 0x0a || bytes[from] === 0x0d || bytes[from] === 0x20)) {
    const lineEnd = blankLineEnd(bytes, from, to);
    if (lineEnd === undefined) break;
    from = lineEnd;
    line++;
  }
  if (from >= to || isBlankRest(bytes, from, to)) return isLast ? null : undefined;
  let best: DelimitedHeader | undefined;
  for (const candidate of delimiter === undefined ? CANDIDATES : [delimiter]) {
    const header = cutHeader(bytes, from, to, isLast, candidate.charCodeAt(0), line, place);
    if (header === undefined) return undefined;
    if (best === undefined || header.names.length > best.names.length) best = header;
  }
  return best;
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
): DelimitedHeader | undefined {
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
