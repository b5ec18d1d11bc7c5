/** A place in a model file, and what is expected there. */
export interface Misplaced {
  readonly at: string;
  readonly expected: string;
}

/** Records a place of the file that is wrong, and what is expected there. */
export type Report = (at: string, expected: string) => void;

/** Checks whether a value has the right form, and lists what does not, as zod's schemas do. */
export interface Schema {
  /** @param options `abortEarly`: no list is searched beyond its first problem. */
  safeParse(
    value: unknown,
    options?: object,
  ):
    | { readonly success: true }
    | {
        readonly success: false;
        readonly error: {
          readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
        };
      };
}

/** What a model file may hold for one part of a model. `Context` is the other parts of the file that it refers to. */
export interface FileForm<Json, Context extends unknown[] = []> {
  /** Types and ranges. */
  readonly schema: Schema;
  /**
   * Checks that types can't express: lengths that agree, indices that point to something. After them prediction can
   * neither read outside its arrays nor loop forever. Only called for values that fit the schema. Default: no more checks.
   * @param at the path of the part in the file.
   */
  check?(json: Json, at: string, report: Report, ...context: Context): void;
}

/** Values with more entries than this are searched for the first problem of each list only. */
const MANY_ENTRIES = 20_000;
/** Characters of what is told of one problem. */
const LONGEST = 300;

/** Everything that does not fit a schema; in large values the first problem of each list. @param at the path of the value in the file. */
export function unfit(schema: Schema, value: unknown, at: string): Misplaced[] {
  return misplacedIn(parseWithin(schema, value), at);
}

/** Parses a value in a time that its size bounds, whatever is wrong with it: a list of a million faults has one problem. */
export function parseWithin<Parsed>(
  schema: { safeParse(value: unknown, options?: object): Parsed & { readonly success: boolean } },
  value: unknown,
): Parsed {
  const first = schema.safeParse(value, { abortEarly: true });
  return first.success || hasMany(value) ? first : schema.safeParse(value);
}

/** What a schema found wrong, with paths in the file. */
export function misplacedIn(result: ReturnType<Schema["safeParse"]>, at: string): Misplaced[] {
  if (result.success) return [];
  return result.error.issues.map(({ path, message }) => ({
    at: [at, ...path.map(String)].filter((part) => part !== "").join("."),
    expected: message.length > LONGEST ? `${message.slice(0, LONGEST)} …` : message,
  }));
}

function hasMany(value: unknown): boolean {
  const waiting = [value];
  for (let seen = 0; seen < MANY_ENTRIES; seen++) {
    if (waiting.length === 0) return false;
    const next = waiting.pop();
    if (typeof next !== "object" || next === null) continue;
    const entries = Object.values(next);
    if (entries.length > MANY_ENTRIES) return true;
    waiting.push(...entries);
  }
  return true;
}
