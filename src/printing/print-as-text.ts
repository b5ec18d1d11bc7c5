import { type MediaBundle, mediaBundle, type RichPart } from "./rich-output.js";

/** The member by which Node.js asks an object how `console.log` shows it. */
export const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** The member by which notebooks ask an object how it is shown. */
export const JUPYTER = Symbol.for("Jupyter.display");

/** How something reads when it is printed. */
export interface Printed<Value> {
  /** A few lines, for `console.log(value)` and `String(value)`. */
  lines(value: Value): readonly string[];
  /** What is printed instead inside another object. */
  short(value: Value): string;
  /** What notebooks show instead of the lines. Default: the lines. */
  parts?(value: Value): readonly RichPart[];
}

/** What Node.js hands to {@link INSPECT}: how deep the object may still be shown. */
interface InspectOptions {
  readonly depth?: number | null;
}

/**
 * Makes a plain object print as text, and as tables in notebooks. Its data stay as they are: what is added is not enumerable, so that JSON, spreading,
 * `structuredClone`, messages between threads and comparisons do not see it.
 * @returns the object itself.
 */
export function printAsText<Value extends object>(value: Value, printed: Printed<NoInfer<Value>>): Value {
  Object.defineProperties(value, {
    [INSPECT]: {
      value: (depth: number, options: InspectOptions) => inspected(value, printed, depth, options),
    },
    toString: { value: () => textOf(value, printed) },
    [JUPYTER]: { value: () => richOf(value, printed) },
  });
  return value;
}

/** All lines of something that is printed. */
export function textOf<Value>(value: Value, printed: Printed<Value>): string {
  return printed.lines(value).join("\n");
}

/** What a notebook shows of something that is printed. */
export function richOf<Value>(value: Value, printed: Printed<Value>): MediaBundle {
  return mediaBundle(textOf(value, printed), printed.parts?.(value));
}

/** What `console.log` shows: the lines, or within another object one line in brackets. */
export function inspected<Value>(
  value: Value,
  printed: Printed<Value>,
  depth: number,
  options: InspectOptions | undefined,
): string {
  // An object inside another may be shown less deep than was asked for; without a limit the two look the same.
  const isInside = typeof options?.depth === "number" && depth < options.depth;
  return isInside ? `[${printed.short(value)}]` : textOf(value, printed);
}
