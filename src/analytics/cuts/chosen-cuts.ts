import { quoteIdentifier } from "../../database/duckdb/session.js";
import { argumentProblem, Problems } from "../../errors.js";
import { didYouMean } from "../../nearest-name.js";
import type { FactsQuery } from "../query/facts-query.js";
import { attributeCut, CUTS, type CutEntry } from "./cut-list.js";

/** A cut that is made: by one entry, or by two crossed. */
export interface ChosenCut {
  /** Such as `tariff`, or `tariff*region`. */
  readonly name: string;
  readonly entries: readonly CutEntry[];
}

/** Numbers with more values than these are cut by bands. */
const MOST_VALUES = 12;
const BANDS = 5;
/** Columns of subscribers that say who or when, by which no cut is made. */
const NO_ATTRIBUTES: ReadonlySet<string> = new Set([
  "subscriber_id",
  "activated_on",
  "ended_on",
  "end_reason",
  "known_at",
]);

/**
 * The cuts that were asked for, or the usual ones that the history has the facts for.
 * @param by names of entries or of columns of `subscribers`, two crossed with `*` between.
 * @throws HoldfastError with every name that the history has not.
 */
export async function chosenCuts(
  functionName: string,
  query: FactsQuery,
  by: readonly string[] | undefined,
): Promise<ChosenCut[]> {
  const own = attributesOf(query);
  // A table of usage may hold no measure.
  const has = ({ table, column }: CutEntry) =>
    query.has(table, column) &&
    (table !== "usage" || query.columns(table).some(({ kind }) => kind === "number"));
  if (by === undefined) {
    return CUTS.filter((entry) => entry.isUsual && has(entry)).map((entry) => ({
      name: entry.name,
      entries: [entry],
    }));
  }
  const problems = new Problems();
  const chosen: ChosenCut[] = [];
  for (const [i, name] of by.entries()) {
    const parts = name.split("*").map((part) => part.trim());
    const entries: CutEntry[] = [];
    for (const part of parts) {
      const entry = CUTS.find((each) => each.name === part);
      if (entry !== undefined && has(entry)) entries.push(entry);
      else if (own.includes(part)) entries.push(await attribute(query, part));
      else {
        const known = [...CUTS.filter(has).map((each) => each.name), ...own];
        const hint = entry === undefined ? didYouMean(part, known) : `the history has no ${needOf(entry)}`;
        const expected = `must be one of ${known.join(", ")}, or two of them with * between`;
        problems.add(argumentProblem(functionName, `by[${i}]`, expected, name, hint));
      }
    }
    if (parts.length > 2) {
      problems.add(argumentProblem(functionName, `by[${i}]`, "must cross two at most", name));
    }
    chosen.push({ name: parts.join("*"), entries });
  }
  problems.throwIfAny();
  return chosen.filter(({ name }, i) => chosen.findIndex((each) => each.name === name) === i);
}

/** The entries of cuts, and others by their names, each once. */
export function entriesFor(cuts: readonly ChosenCut[], others: readonly string[]): CutEntry[] {
  const entries = new Map(cuts.flatMap((cut) => cut.entries).map((entry) => [entry.name, entry]));
  for (const entry of CUTS)
    if (others.includes(entry.name) && !entries.has(entry.name)) entries.set(entry.name, entry);
  return [...entries.values()];
}

function needOf({ table, column }: CutEntry): string {
  return column === undefined ? `table ${table}` : `${column} of ${table}`;
}

/** Columns of subscribers that no entry of the list is about. */
function attributesOf(query: FactsQuery): string[] {
  const listed = new Set(CUTS.map(({ column }) => column));
  return query
    .columns("subscribers")
    .filter(({ name, isAbsent }) => isAbsent !== true && !NO_ATTRIBUTES.has(name) && !listed.has(name))
    .map(({ name }) => name);
}

async function attribute(query: FactsQuery, name: string): Promise<CutEntry> {
  const { kind = "text" } = query.columns("subscribers").find((column) => column.name === name) ?? {};
  const title = name.replaceAll("_", " ");
  if (kind === "text") return attributeCut(name, title, { kind });
  const column = quoteIdentifier(name);
  const [{ values }] = await query.rows<{ values: number }>(
    `SELECT count(DISTINCT ${column}) AS values FROM subscriber_facts`,
  );
  if (values <= MOST_VALUES) return attributeCut(name, title, { kind });
  const shares = Array.from({ length: BANDS - 1 }, (_, i) => (i + 1) / BANDS);
  const limits = shares.map((share, i) => `quantile_disc(${column}, ${share})::DOUBLE AS limit_${i}`);
  const [row] = await query.rows<Record<string, number>>(
    `SELECT ${limits.join(", ")} FROM subscriber_facts WHERE ${column} IS NOT NULL`,
  );
  return attributeCut(name, title, { kind, limits: [...new Set(Object.values(row))] });
}
