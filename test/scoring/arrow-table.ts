import { Bool, Float64, Table, Utf8, vectorFromArray } from "apache-arrow";
import type { SubscriberRow } from "../support/subscribers.js";

/** Subscribers as an Arrow table: numbers, dictionaries of text, booleans. */
export function arrowTable(rows: readonly SubscriberRow[]): Table {
  const column = <Value>(name: string) => rows.map((row) => row[name] as Value);
  return new Table({
    subscriber: vectorFromArray(column<string>("subscriber"), new Utf8()),
    tenure: vectorFromArray(column<number>("tenure"), new Float64()),
    "客服 calls": vectorFromArray(column<number>("客服 calls"), new Float64()),
    charge: vectorFromArray(column<number | null>("charge"), new Float64()),
    // Without a type, texts become a dictionary.
    套餐: vectorFromArray(column<string | null>("套餐")),
    group: vectorFromArray(column<boolean>("group"), new Bool()),
  });
}
