/** A place in a model file, and what is expected there. */
export interface Misplaced {
  readonly at: string;
  readonly expected: string;
}

/** Records a place of the file that is wrong, and what is expected there. */
export type Report = (at: string, expected: string) => void;

/** Checks whether a value has the right form, and lists what does not, as zod's schemas do. */
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

/** Everything that does not fit a schema. @param at the path of the value in the file. */
export function unfit(schema: Schema, value: unknown, at: string): Misplaced[] {
  return misplacedIn(schema.safeParse(value), at);
}

/** What a schema found wrong, with paths in the file. */
export function misplacedIn(result: ReturnType<Schema["safeParse"]>, at: string): Misplaced[] {
  if (result.success) return [];
  return result.error.issues.map(({ path, message }) => ({
    at: [at, ...path.map(String)].filter((part) => part !== "").join("."),
    expected: message,
  }));
}
