import * as entry from "../../src/classifiers/index.js";
import { rowsOf } from "../../src/table/rows.js";
import { subscriberTable } from "../support/subscribers.js";
import { type Untyped, untypedOf } from "./every-function.js";

/** The classifiers, to be called as JavaScript allows it. */
export const untyped = untypedOf(entry);

export const table = subscriberTable(200);
export const { vectorizer } = entry.Vectorizer.fit(table, {
  exclude: new Map([
    ["churned", "label"],
    ["subscriber", "id"],
  ]),
});
export const vectors = vectorizer.transform(table);
export const texts = rowsOf(table).map(({ churned }) => churned);
export const labels = Uint8Array.from(texts, (text) => (text === "Yes" ? 1 : 0));
export const fitted = await entry.logisticRegression({ lambda: 0.01 }).fit(vectors, labels);
/** What a churn model has that is asked for here. */
export const model = { predictOne: () => 0.5 };

/** A method, to be called as JavaScript allows it. */
export function methodOf(object: object, name: string): Untyped {
  const methods = object as Readonly<Record<string, Untyped>>;
  return (...given) => methods[name](...given);
}
