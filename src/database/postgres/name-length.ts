import { count, type Problem, type ProblemPath } from "../../errors.js";

/** Longer names of tables and columns PostgreSQL cuts silently, in the middle of what they mean. */
const MOST_BYTES = 63;

/** A problem for a name that PostgreSQL would cut: bytes of UTF-8 count, of which a Chinese character has three. */
export function nameLengthProblems(name: string, path: ProblemPath): Problem[] {
  const bytes = Buffer.byteLength(name);
  if (bytes <= MOST_BYTES) return [];
  return [
    {
      code: "argument.invalid",
      path,
      expected: `must have names of at most ${MOST_BYTES} bytes for PostgreSQL, which would cut this one of ${count(bytes, "byte")}`,
      received: name,
      hint: "rename it; letters of other scripts have two to four bytes each",
    },
  ];
}

/** The same for the name of a table, with its schema if needed. */
export function tableProblems(table: unknown, path: ProblemPath): Problem[] {
  return typeof table === "string" ? table.split(".").flatMap((name) => nameLengthProblems(name, path)) : [];
}
