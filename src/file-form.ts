/** A place in a model file, and what should stand there. */
export interface Misplaced {
  readonly at: string;
  readonly expected: string;
}

/** Notes what is out of place. */
export type Report = (at: string, expected: string) => void;

/** Says whether a value has a form, and what of it has not; what schemas of zod do. */
export interface Schema {
  safeParse(value: unknown):
    | { readonly success: true }
    | {
        readonly success: false;
        readonly error: {
          readonly issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[];
        };
      };
}

/** What a model file may hold of a part of a model. `Context` is what else of the file the part refers to. */
export interface FileForm<Json, Context extends unknown[] = []> {
  /** Types and ranges. */
  readonly schema: Schema;
  /**
   * What types can't say: lengths that agree, indices that point to something. With it, prediction can neither read outside
   * its arrays nor loop. Only asked of what fits the schema. Default: nothing more.
   * @param at where in the file the part stands.
   */
  check?(json: Json, at: string, report: Report, ...context: Context): void;
}

/** Everything that does not fit a schema. @param at where in the file the value stands. */
export function unfit(schema: Schema, value: unknown, at: string): Misplaced[] {
  return misplacedIn(schema.safeParse(value), at);
}

/** What a schema found out of place. */
export function misplacedIn(result: ReturnType<Schema["safeParse"]>, at: string): Misplaced[] {
  if (result.success) return [];
  return result.error.issues.map(({ path, message }) => ({
    at: [at, ...path.map(String)].filter((part) => part !== "").join("."),
    expected: message,
  }));
}
