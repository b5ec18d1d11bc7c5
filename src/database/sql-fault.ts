import { didYouMean } from "../nearest-name.js";

/** What a database says of SQL that a caller wrote. */
export interface SqlFault {
  /** The first line of what the database says: `Binder Error: Referenced column "minuts" not found in FROM clause!` */
  readonly message: string;
  /** The place in the text that the caller wrote, from 1; undefined where the database names none in it. */
  readonly place?: { readonly line: number; readonly character: number };
  /** The name that the database does not know. */
  readonly unknownName?: string;
  /** Names that the database finds near to it. */
  readonly candidates?: readonly string[];
}

/** A text that a caller wrote, within a statement. */
export interface WrittenSql {
  readonly text: string;
  /** How many characters of the statement come before it. */
  readonly from: number;
}

/** The line and character of a position in a statement, within the text that the caller wrote; undefined outside of it. */
export function placeInSql({ text, from }: WrittenSql, position: number): SqlFault["place"] {
  const before = position - from;
  // What is missing at the end is noticed at the word after it.
  if (before < 0 || before > text.length + 1) return undefined;
  const lines = text.slice(0, before).split("\n");
  return { line: lines.length, character: lines[lines.length - 1].length + 1 };
}

/**
 * The fault as the hint of an error: `at line 2, character 5: Binder Error: …; did you mean "minutes"?`.
 * @param text what the caller wrote; of one line, the line is not mentioned.
 * @param names that may have been meant. Default: those that the database finds near.
 */
export function faultText(fault: SqlFault, text: string, names = fault.candidates ?? []): string {
  const { place, message, unknownName } = fault;
  const line = text.trim().includes("\n") ? `line ${place?.line}, ` : "";
  const at = place === undefined ? "" : `at ${line}character ${place.character}: `;
  const meant = unknownName === undefined ? undefined : didYouMean(unknownName, names);
  return `${at}${message}${meant === undefined ? "" : `; ${meant}`}`;
}
