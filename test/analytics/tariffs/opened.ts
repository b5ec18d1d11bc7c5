import type { History } from "../../../src/history/history.js";
import { openHistory } from "../../../src/history/index.js";

type Rows = readonly Readonly<Record<string, string | number | boolean | null>>[];

/** Opens a history of row objects, asks it, and closes it. */
export async function opened<Result>(
  tables: { readonly subscribers: Rows } & Readonly<Record<string, Rows>>,
  ask: (history: History) => Promise<Result>,
): Promise<Result> {
  const history = await openHistory(tables, { today: "2026-01-31" });
  try {
    return await ask(history);
  } finally {
    history.close();
  }
}
