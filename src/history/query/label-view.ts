import type { ChurnDefinition } from "../churn/churn-definition.js";
import {
  type FactColumn,
  type FactTableName,
  type HistorySchema,
  standardTable,
} from "../standard-tables.js";
import type { Windows } from "../windows/windows.js";
import type { FactsToLabel } from "./facts-to-label.js";
import { factsKnownBefore } from "./seen-facts.js";
import type { SnapshotPlan } from "./snapshot-plan.js";
import type { SnapshotView } from "./snapshot-view.js";

/** The label's part of the statement. */
export interface Label {
  readonly relation: string;
  readonly isAtRisk: string;
  readonly columns: readonly string[];
}

/** Gives a churn definition its facts, and makes the label from its outcomes and the windows. */
export class LabelView implements FactsToLabel {
  constructor(
    private readonly schema: HistorySchema,
    private readonly view: SnapshotView,
    private readonly plan: SnapshotPlan,
  ) {}

  get windows(): readonly Windows[] {
    return this.plan.windows;
  }

  columns(table: FactTableName): readonly FactColumn[] {
    return this.view.columns(table);
  }

  has(table: FactTableName, column?: string): boolean {
    return this.view.has(table, column);
  }

  all(table: FactTableName): string {
    if (this.schema[table] === undefined) throw new Error(`there is no table ${table}`);
    const { knownBefore } = this.plan;
    if (knownBefore === undefined) return standardTable(table).relation;
    return this.relation(`known_${table}`, factsKnownBefore(table, this.columns(table), knownBefore));
  }

  relation(name: string, sql: string): string {
    return this.view.relation(name, sql);
  }

  /** The label is 1 where the churn falls in [label_from, label_to), 0 where it does not, and NULL where that is not known. */
  label(churn: ChurnDefinition): Label {
    const relation = churn.outcomes(this);
    const { followedUntil } = this.plan;
    const end = followedUntil === undefined ? "active.label_to" : `least(active.label_to, ${followedUntil})`;
    const isFollowed =
      followedUntil === undefined ? "" : ` WHEN active.label_to > ${followedUntil} THEN NULL`;
    const { churn_day, out_day } = { churn_day: `${relation}.churn_day`, out_day: `${relation}.out_day` };
    return {
      relation,
      isAtRisk: [
        `(${churn_day} IS NULL OR ${churn_day} >= active.label_from)`,
        `(${out_day} IS NULL OR ${out_day} >= ${end} OR ${churn_day} <= ${out_day})`,
      ].join("\n  AND "),
      columns: [`CASE WHEN ${churn_day} < ${end} THEN 1${isFollowed} ELSE 0 END AS churn`],
    };
  }
}
