import { argumentProblem, type Problem } from "../errors.js";

/** Members of a note, and the type of each. */
const MEMBERS: Readonly<Record<string, "string" | "boolean">> = {
  name: "string",
  family: "string",
  description: "string",
  unit: "string",
  kind: "string",
  familyWhenMissing: "string",
  actionable: "boolean",
  changeable: "boolean",
  sensitive: "boolean",
  isReason: "boolean",
  direction: "string",
};

/** All problems of what a caller says about columns; columns that the table does not have are ignored, as lists are shared. */
export function featureNoteProblems(notes: unknown): Problem[] {
  if (notes === undefined) return [];
  const problem = (at: string, expected: string, received: unknown) =>
    argumentProblem("trainChurnModel", at, expected, received);
  if (!Array.isArray(notes)) {
    const expected = `must be a list of notes such as [{ name: "tenure", description: "months as a subscriber" }]`;
    return [problem("featureNotes", expected, notes)];
  }
  return notes.flatMap((note: unknown, n): Problem[] => {
    const at = `featureNotes[${n}]`;
    if (typeof note !== "object" || note === null || typeof (note as { name?: unknown }).name !== "string")
      return [problem(at, "must be an object with the name of a column", note)];
    return Object.entries(note).flatMap(([member, value]) => {
      if (value === undefined) return [];
      if (member === "direction" && value !== "up" && value !== "down")
        return [problem(`${at}.direction`, `must be "up" or "down"`, value)];
      if (typeof value === MEMBERS[member]) return [];
      const expected = Object.hasOwn(MEMBERS, member)
        ? `must be a ${MEMBERS[member]}`
        : `must not be there: a note has ${Object.keys(MEMBERS).join(", ")}`;
      return [problem(`${at}.${member}`, expected, value)];
    });
  });
}
