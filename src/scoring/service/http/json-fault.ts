/** Where a text stops being JSON. */
export interface JsonFault {
  /** From 1. */
  readonly line: number;
  readonly character: number;
  /** What JSON may have there: `a value`. */
  readonly expected: string;
}

const SPACE = /[ \t\n\r]*/y;
const TEXT = /"(?:[^"\\\p{Cc}]|[\u007F-\u009F]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/** The end of what an expression matches at a position; undefined where it does not. */
function endOf(expression: RegExp, text: string, from: number): number | undefined {
  expression.lastIndex = from;
  return expression.test(text) ? expression.lastIndex : undefined;
}

/**
 * The first place at which a text is not JSON (RFC 8259), which the messages of `JSON.parse` name only in some cases;
 * undefined for JSON. Keeps the open brackets in a list, so that deeply nested text needs no stack.
 */
export function jsonFault(text: string): JsonFault | undefined {
  const open: ("{" | "[")[] = [];
  let at = 0;
  /** What may come next, besides white space. */
  let next: "value" | "value or ]" | "name" | "name or }" | "more" = "value";
  const fault = (expected: string): JsonFault => {
    const lines = text.slice(0, at).split("\n");
    return { line: lines.length, character: (lines.at(-1)?.length ?? 0) + 1, expected };
  };
  for (;;) {
    at = endOf(SPACE, text, at) ?? at;
    const character = text[at];
    if (next === "more") {
      const inside = open.at(-1);
      if (inside === undefined) return character === undefined ? undefined : fault("the end");
      const close = inside === "{" ? "}" : "]";
      if (character === close) open.pop();
      else if (character === ",") next = inside === "{" ? "name" : "value";
      else return fault(`, or ${close}`);
      at++;
    } else if ((next === "name or }" && character === "}") || (next === "value or ]" && character === "]")) {
      open.pop();
      next = "more";
      at++;
    } else if (next === "name" || next === "name or }") {
      const end = endOf(TEXT, text, at);
      if (end === undefined) return fault("a name in double quotes");
      at = endOf(SPACE, text, end) ?? end;
      if (text[at] !== ":") return fault(": after the name");
      at++;
      next = "value";
    } else if (character === "{" || character === "[") {
      open.push(character);
      next = character === "{" ? "name or }" : "value or ]";
      at++;
    } else {
      const end = endOf(character === '"' ? TEXT : SCALAR, text, at);
      if (end === undefined) return fault(character === '"' ? "a text that ends" : "a value");
      at = end;
      next = "more";
    }
  }
}
