import type { History } from "../../history/history.js";
import type { FactsInView } from "../../history/query/facts-in-view.js";
import type { FamilyPlan } from "../../history/query/feature.js";
import type { LongWork } from "../../progress.js";
import { formatDate } from "../../table/dates.js";
import { cutoffOf } from "../query/cutoff-of.js";
import { withSubscribersAt } from "../query/subscribers-at.js";
import { type MigrationList, migrationPart } from "../tariffs/migration-list.js";
import { checkMigrationOptions } from "../tariffs/migration-options.js";
import { type MondayLists, type MondayOptions, mondayPart } from "./monday-lists.js";

/** What there is to do on Monday. */
export interface Monday {
  readonly lists: MondayLists;
  readonly migration: MigrationList;
}

/** The lists for Monday and the migration list of one reading of the facts. @param at the cutoff, in days. */
export async function mondayOf(
  functionName: string,
  history: History,
  {
    at,
    migrations,
    ...options
  }: Omit<MondayOptions, "at"> & { readonly at: number; readonly migrations: number | undefined },
  work: LongWork,
): Promise<Monday> {
  const cutoff = await cutoffOf(functionName, history, formatDate(at));
  const migration = await migrationPart(
    history,
    cutoff,
    checkMigrationOptions(functionName, migrations === undefined ? {} : { most: migrations }),
  );
  const lists = await mondayPart(history, cutoff, { ...options, ...work });
  const columns = (view: FactsInView) =>
    together([lists.columns(view), ...(migration.columns === undefined ? [] : [migration.columns(view)])]);
  const of = { history, day: cutoff.day, observe: lists.observe, columns };
  return withSubscribersAt(functionName, of, work, async (query, connection) => ({
    lists: await lists.make(query, connection),
    migration: migration.columns === undefined ? migration.without : await migration.make(query),
  }));
}

/** Plans as one, each column once. */
function together(plans: readonly FamilyPlan[]): FamilyPlan {
  const features = new Map(plans.flatMap((plan) => plan.features).map((feature) => [feature.name, feature]));
  return { joins: plans.flatMap(({ joins }) => joins), features: [...features.values()] };
}
