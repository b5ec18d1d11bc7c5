import { join } from "node:path";
import { quoteIdentifier, quoteLiteral } from "../../database/duckdb/session.js";
import { formatOf } from "../../formats/formats.js";
import type { AnyModel } from "../../model-kinds.js";
import type { LongWork } from "../../progress.js";
import type { NeededColumn, RowSource } from "../../rows/row-source.js";
import type { CategoricalColumn, NumericColumn, Table, TextColumn } from "../../table/table.js";
import { emptyScores } from "../scores-table.js";
import type { DayJob } from "./resolve-job.js";

/** What the scores of a day say together. */
export interface ListFigures {
  /** Of each tier by name: the sums of the probabilities and of the expected losses of its rows. */
  readonly tiers: ReadonlyMap<string, { churners: number; loss: number }>;
  /** The ids in the first tier; null where they are too many to be compared. */
  readonly first: ReadonlySet<string> | null;
  /** The first subscribers of the list. */
  readonly top: readonly TopSubscriber[];
}

/** A subscriber at the top of a list. */
export interface TopSubscriber {
  readonly id: string;
  readonly probability: number;
  readonly tier: string;
}

/** Beyond so many subscribers in a tier it is no list that a person follows from day to day. */
const MOST_COMPARED = 1_000_000;

/** What is asked of the scores. */
export interface Asked {
  /** The tier whose ids are compared with those of another day. */
  readonly first: string;
  /** How many of the first subscribers are named. */
  readonly top: number;
  readonly by: "probability" | "expectedLoss";
}

/** Reads scores that a job wrote, in bounded memory: its files, or the rows of a day in its table. */
export async function figuresOf(
  job: DayJob,
  model: AnyModel,
  scores: { readonly outputs: readonly { readonly file: string }[]; readonly date: string },
  { first, top, by }: Asked,
  work: LongWork,
): Promise<ListFigures> {
  const hasLoss = model.value !== null;
  const needed: NeededColumn[] = [
    { name: "id", kind: "text", why: "a job wrote it" },
    { name: "probability", kind: "numeric", why: "a job wrote it" },
    { name: "tier", kind: "categorical", why: "a job wrote it" },
    ...(hasLoss ? [{ name: "expected_loss", kind: "numeric", why: "a job wrote it" } as const] : []),
  ];
  const tiers = new Map<string, { churners: number; loss: number }>();
  let ids: Set<string> | null = model.id === null ? null : new Set();
  const best: (TopSubscriber & { readonly amount: number })[] = [];
  for await (const source of sourcesOf(job, model, scores)) {
    for await (const { table } of source.batches(needed, { signal: work.signal })) {
      const { names, codes, texts, probabilities, losses } = columnsOf(table, hasLoss);
      for (let row = 0; row < table.rowCount; row++) {
        const tier = names[codes[row]] ?? "";
        const sums = tiers.get(tier) ?? { churners: 0, loss: 0 };
        if (!tiers.has(tier)) tiers.set(tier, sums);
        sums.churners += probabilities[row];
        if (losses !== undefined && !Number.isNaN(losses[row])) sums.loss += losses[row];
        const id = texts[row] ?? "";
        if (tier === first && ids !== null) {
          ids.add(id);
          if (ids.size > MOST_COMPARED) ids = null;
        }
        const amount = by === "probability" || losses === undefined ? probabilities[row] : losses[row];
        if (best.length < top || amount > (best.at(-1)?.amount ?? Number.POSITIVE_INFINITY)) {
          insert(best, { id, probability: probabilities[row], tier, amount }, top);
        }
      }
    }
  }
  return { tiers, first: ids, top: best.map(({ amount: _, ...subscriber }) => subscriber) };
}

/** Keeps the highest amounts, of equal ones the lower id first. */
function insert<Entry extends { readonly amount: number; readonly id: string }>(
  best: Entry[],
  entry: Entry,
  most: number,
): void {
  if (most === 0) return;
  const isBefore = (a: Entry, b: Entry) => a.amount > b.amount || (a.amount === b.amount && a.id < b.id);
  const at = best.findIndex((each) => isBefore(entry, each));
  best.splice(at < 0 ? best.length : at, 0, entry);
  if (best.length > most) best.pop();
}

async function* sourcesOf(
  job: DayJob,
  model: AnyModel,
  { outputs, date }: { readonly outputs: readonly { readonly file: string }[]; readonly date: string },
): AsyncGenerator<RowSource> {
  const { output, folder } = job;
  if (output.kind === "table") {
    const { PostgresRows } = await import("../../database/postgres/query-rows.js");
    const table = output.postgres.split(".").map(quoteIdentifier).join(".");
    const query = `SELECT * FROM ${table} WHERE scored_on = ${quoteLiteral(date)}`;
    yield new PostgresRows(query, output.connection);
    return;
  }
  const { header, nullText, quotes } = output.write;
  const names =
    header === false ? emptyScores(model, job.options).columns.map(({ name }) => name) : undefined;
  for (const { file } of outputs) {
    const path = join(folder, file);
    const { files } = formatOf("runJob", "output", path);
    yield await files.rows(path, { function: "runJob", file }, { names, nullText, quotes });
  }
}

function columnsOf({ columns }: Table, hasLoss: boolean) {
  const [ids, probabilities, tiers, losses] = columns as [
    TextColumn,
    NumericColumn,
    CategoricalColumn,
    NumericColumn,
  ];
  return {
    texts: ids.values,
    probabilities: probabilities.values,
    names: tiers.categories,
    codes: tiers.codes,
    losses: hasLoss ? losses.values : undefined,
  };
}
