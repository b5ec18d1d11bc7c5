import { argumentProblem, HoldfastError, type Problem } from "../../errors.js";

/** What a member of an entry must be; with a question mark it may be null or missing. */
type Member = "number" | "number?" | "share" | "share?" | "text" | "text?" | "count";

const MEMBERS: Readonly<Record<Member, { expected: string; isFine: (value: unknown) => boolean }>> = {
  number: { expected: "must be a finite number", isFine: Number.isFinite },
  "number?": { expected: "must be a finite number, or null", isFine: (v) => isNone(v) || Number.isFinite(v) },
  share: { expected: "must be a number from 0 to 1", isFine: isShare },
  "share?": { expected: "must be a number from 0 to 1, or null", isFine: (v) => isNone(v) || isShare(v) },
  text: { expected: "must be a text", isFine: (v) => typeof v === "string" },
  "text?": { expected: "must be a text, or null", isFine: (v) => isNone(v) || typeof v === "string" },
  count: { expected: "must be a number ≥ 0", isFine: (v) => Number.isFinite(v) && (v as number) >= 0 },
};

function isNone(value: unknown): boolean {
  return value === null || value === undefined;
}

function isShare(value: unknown): boolean {
  return typeof value === "number" && value >= 0 && value <= 1;
}

/** Whether something is a plain object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}

/** Whether something is a list, of any kind of array. */
export function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

/** A hint for what is often passed in the place of data. */
export function hintOf(value: unknown): string | undefined {
  return value instanceof Promise ? "await it first" : undefined;
}

/** Problems of entries, each an object with these members. */
export function entryProblems(
  functionName: string,
  argument: string,
  entries: ArrayLike<unknown>,
  members: Readonly<Record<string, Member>>,
): Problem[] {
  const problems: Problem[] = [];
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i];
    const place = `${argument}[${i}]`;
    if (!isObject(entry)) {
      const expected = `must be an object such as { ${Object.keys(members).join(", ")} }`;
      problems.push(argumentProblem(functionName, place, expected, entry));
    } else problems.push(...memberProblems(functionName, place, entry, members));
  }
  return problems;
}

/** Problems of the members of one object. */
export function memberProblems(
  functionName: string,
  place: string,
  entry: Readonly<Record<string, unknown>>,
  members: Readonly<Record<string, Member>>,
): Problem[] {
  return Object.entries(members).flatMap(([name, member]) => {
    const { expected, isFine } = MEMBERS[member];
    const path = /^[A-Za-z_$][\w$]*$/u.test(place) || place !== "" ? `${place}.${name}` : name;
    return isFine(entry[name]) ? [] : [argumentProblem(functionName, path, expected, entry[name])];
  });
}

/** Makes sure that an argument is a list of objects with these members. @throws HoldfastError */
export function checkEntries(
  functionName: string,
  argument: string,
  entries: unknown,
  members: Readonly<Record<string, Member>>,
): void {
  if (!isList(entries)) {
    const expected = `must be a list of { ${Object.keys(members).join(", ")} }`;
    throw new HoldfastError(argumentProblem(functionName, argument, expected, entries, hintOf(entries)));
  }
  const problems = entryProblems(functionName, argument, entries, members);
  if (problems.length > 0) throw new HoldfastError(problems);
}

/** Problems of lists of finite numbers that belong together: all of one length. */
export function columnProblems(
  functionName: string,
  argument: string,
  columns: Readonly<Record<string, unknown>>,
): Problem[] {
  const problems: Problem[] = [];
  const [[first, values], ...others] = Object.entries(columns) as [string, ArrayLike<number>][];
  for (const [name, list] of others)
    if (list.length !== values.length)
      problems.push(
        argumentProblem(
          functionName,
          `${argument}.${name}`,
          `must have the length of ${first}, ${values.length}`,
          list.length,
        ),
      );
  for (const [name, list] of Object.entries(columns) as [string, ArrayLike<number>][])
    for (let i = 0; i < list.length; i++)
      if (!Number.isFinite(list[i]))
        problems.push(argumentProblem(functionName, `${argument}.${name}[${i}]`, "must be finite", list[i]));
  return problems;
}
