/**
 * What went wrong, by family. The part before the dot decides the exit code of the command line:
 * `argument` 2, `data` 3, `model` 4, anything else 1; but `resource.busy` 75 and `aborted` 130.
 */
export type ProblemCode =
  | "argument.invalid"
  | "argument.missing"
  | "data.unreadable"
  | "data.malformed"
  | "data.encoding"
  | "data.empty"
  | "data.duplicate-column"
  | "data.missing-column"
  | "data.wrong-type"
  | "data.not-finite"
  | "data.label"
  | "data.no-feature"
  | "data.leak"
  | "data.unseen"
  | "data.rejected"
  | "data.unwritable"
  | "data.hash"
  | "model.unreadable"
  | "model.not-json"
  | "model.invalid"
  | "model.edited"
  | "model.newer"
  | "model.unexplained"
  | "dependency.missing"
  | "resource.memory"
  | "resource.worker"
  | "resource.busy"
  | "resource.network"
  | "aborted";

/** Where a problem sits, from the outside in. Rows and lines count from 1; a row is a data row, without the header. */
export interface ProblemPath {
  readonly function?: string;
  readonly file?: string;
  readonly argument?: string;
  readonly line?: number;
  readonly column?: string;
  readonly row?: number;
}

/** One problem as data; {@link describeProblem} makes the sentence. */
export interface Problem {
  readonly code: ProblemCode;
  readonly path: ProblemPath;
  /** What would have been right, as a clause: `"must be finite"`, `"must be one of a, b"`. */
  readonly expected: string;
  readonly received: unknown;
  /** What to do about it, one sentence. */
  readonly hint?: string;
}

/** Stopped by Ctrl-C or SIGTERM, as shells report it. */
const INTERRUPTED = 130;
/** Another job is at work: `EX_TEMPFAIL` of sysexits.h, "try again later". */
const BUSY = 75;

const EXIT_CODES: Readonly<Record<string, number>> = {
  argument: 2,
  data: 3,
  model: 4,
  "resource.busy": BUSY,
  aborted: INTERRUPTED,
};

/** How many problems an error carries in full; the rest are counted. */
const PROBLEM_LIMIT = 100;

/** Every error that holdfast throws on purpose. Carries all problems of one input, in the order they were found. */
export class HoldfastError extends Error {
  override readonly name = "HoldfastError";
  readonly problems: readonly Problem[];
  /** How many problems there were, including those beyond the first 100 that `problems` holds. */
  readonly problemCount: number;

  constructor(problems: Problem | readonly Problem[], problemCount?: number, options?: ErrorOptions) {
    const all = "code" in problems ? [problems] : problems;
    const list = all.slice(0, PROBLEM_LIMIT);
    const count = problemCount ?? all.length;
    super(sentences(list, count), options);
    this.problems = list;
    this.problemCount = count;
  }

  get code(): ProblemCode {
    return this.problems[0].code;
  }
  get path(): ProblemPath {
    return this.problems[0].path;
  }
  get expected(): string {
    return this.problems[0].expected;
  }
  get received(): unknown {
    return this.problems[0].received;
  }
  get hint(): string | undefined {
    return this.problems[0].hint;
  }
}

/**
 * The exit code of the command line: 0 ok, 2 wrong usage, 3 bad input data, 4 bad model file, 75 another job is at work there,
 * 130 interrupted, 1 anything else.
 */
export function exitCodeOf(error: unknown): number {
  if (!(error instanceof HoldfastError)) return 1;
  return EXIT_CODES[error.code] ?? EXIT_CODES[error.code.split(".")[0]] ?? 1;
}

/** Collects the problems of one input so that they are thrown together. */
export class Problems {
  private readonly kept: Problem[] = [];
  private seen = 0;

  add(...problems: readonly Problem[]): void {
    this.seen += problems.length;
    this.kept.push(...problems.slice(0, PROBLEM_LIMIT - this.kept.length));
  }

  /** Adds these to others, except those that the others already hold. */
  moveTo(others: Problems): void {
    const known = new Set(others.kept.map((problem) => JSON.stringify(problem)));
    for (const problem of this.kept) {
      if (!known.has(JSON.stringify(problem))) others.add(problem);
    }
    // Problems beyond the limit were counted but not kept; the count includes them.
    others.seen += this.seen - this.kept.length;
  }

  /** Adds these to others, with their paths rewritten. */
  addTo(others: Problems, rewrite: (path: ProblemPath) => ProblemPath): void {
    for (const problem of this.kept) others.add({ ...problem, path: rewrite(problem.path) });
    others.seen += this.seen - this.kept.length;
  }

  /** The problems that are kept (at most 100), in the order they were found. */
  get list(): readonly Problem[] {
    return this.kept;
  }

  get count(): number {
    return this.seen;
  }

  throwIfAny(): void {
    if (this.seen > 0) throw new HoldfastError(this.kept, this.seen);
  }
}

/** What a call returns; when it throws a HoldfastError, its problems are added to `problems` and the result is undefined. */
export function attempt<Result>(problems: Problems, call: () => Result): Result | undefined {
  try {
    return call();
  } catch (error) {
    if (!(error instanceof HoldfastError)) throw error;
    problems.add(...error.problems);
    return undefined;
  }
}

/** A problem of code `argument.invalid`. */
export function argumentProblem(
  functionName: string,
  argument: string,
  expected: string,
  received: unknown,
  hint?: string,
): Problem {
  return {
    code: "argument.invalid",
    path: { function: functionName, argument },
    expected,
    received,
    ...(hint === undefined ? {} : { hint }),
  };
}

/** Throws one `argument.invalid` error that names the function, the argument and the value. */
export function invalidArgument(
  functionName: string,
  argument: string,
  expected: string,
  received: unknown,
  hint?: string,
): never {
  throw new HoldfastError(argumentProblem(functionName, argument, expected, received, hint));
}

/**
 * An option as the text of an error mentions it: `` `positive: "Yes"` ``, with the backticks. Each surface shows it in its
 * own words; the command line as `--positive Yes`, and without the hint where the command has no such option. A placeholder
 * is a value like any other: `optionText("rejects", "FILE")`.
 */
export function optionText(name: string, value: unknown): string {
  // A backtick within would end it.
  return `\`${name}: ${JSON.stringify(value).replaceAll("`", "\\u0060")}\``;
}

/** The sentence of one problem: `train: telco.csv: column "tenure", row 17: must be finite, received Infinity`. */
export function describeProblem(problem: Problem): string {
  const { path, expected, received, hint } = problem;
  const place = [
    path.argument,
    path.line === undefined ? undefined : `line ${path.line}`,
    path.column === undefined ? undefined : `column ${JSON.stringify(path.column)}`,
    path.row === undefined ? undefined : `row ${path.row}`,
  ].filter((part) => part !== undefined);
  const where = [path.function, path.file, place.join(", ")].filter((part) => part).join(": ");
  const what = `${expected}${received === undefined ? "" : `, received ${showValue(received)}`}`;
  return `${where}${where ? ": " : ""}${what}${hint ? ` (${hint})` : ""}`;
}

/** A number with its noun: `count(1, "row")` is `"1 row"`, `count(7043, "row")` is `"7,043 rows"`. */
export function count(number: number, noun: string, plural = `${noun}s`): string {
  return `${number.toLocaleString("en-US")} ${number === 1 ? noun : plural}`;
}

/** A value as an error shows it: strings quoted, long ones cut, arrays up to eight items and two levels deep. */
export function showValue(value: unknown, depth = 0): string {
  if (typeof value === "string") return JSON.stringify(value.length > 80 ? `${value.slice(0, 79)}…` : value);
  if (typeof value === "bigint") return `${value}n`;
  if (Array.isArray(value)) {
    if (depth > 1) return "an array";
    const shown = value
      .slice(0, 8)
      .map((item) => showValue(item, depth + 1))
      .join(", ");
    return value.length > 8 ? `${shown}, … (${value.length} in all)` : shown;
  }
  if (typeof value === "object" && value !== null) {
    const text = jsonOf(value);
    return text.length > 80 ? `${text.slice(0, 79)}…` : text;
  }
  return String(value);
}

/** The JSON of an object; `"an object"` where JSON can't write it, because it refers to itself or is nested too deep. */
function jsonOf(value: object): string {
  try {
    return JSON.stringify(value) ?? "an object";
  } catch {
    return "an object";
  }
}

function sentences(problems: readonly Problem[], count: number): string {
  if (count === 1) return describeProblem(problems[0]);
  const lines = problems.map((problem) => `  - ${describeProblem(problem)}`);
  const rest = count - problems.length;
  if (rest > 0) lines.push(`  - … and ${rest} more`);
  return `${count} problems:\n${lines.join("\n")}`;
}
