import { didYouMean } from "../../nearest-name.js";

/** What pandas, R, SQL and JavaScript call the kinds of columns. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  number: "numeric",
  int: "numeric",
  integer: "numeric",
  float: "numeric",
  float64: "numeric",
  double: "numeric",
  category: "categorical",
  factor: "categorical",
  enum: "categorical",
  boolean: "categorical",
  bool: "categorical",
  string: "text",
  str: "text",
  object: "text",
  varchar: "text",
  datetime: "date",
  timestamp: "date",
};

/** `did you mean "numeric"?`, of a word for a kind of column; undefined where none is near. */
export function kindHint(kind: unknown, known: readonly string[]): string | undefined {
  if (typeof kind !== "string") return undefined;
  const here = ELSEWHERE[kind.toLowerCase()];
  return here !== undefined && known.includes(here)
    ? `did you mean ${JSON.stringify(here)}?`
    : didYouMean(kind, known);
}
