import { count, describeProblem, HoldfastError, type Problem } from "../../errors.js";
import type { ChurnModel } from "../../predict/churn-model.js";
import { Pulse } from "../../progress.js";
import type { NeededColumn, RowSource } from "../../rows/row-source.js";
import type { ColumnSchema } from "../../table/chunk-column.js";
import type { TableSink } from "../../table/table-sink.js";
import type { CapacityTierRule } from "../../tiers/tier-rule.js";
import { neededColumns } from "../needed-columns.js";
import type { PartSummary, ScoreFileOptions } from "../score-options.js";
import { emptyScores } from "../scores-table.js";
import type { FoundParts, Part } from "./inputs.js";
import { identityOf, type PartRecord } from "./manifest.js";
import type { MarginWorkers } from "./margin-workers.js";
import { RejectLimit, type RejectsFile } from "./rejects.js";
import { type FurtherColumns, scoreRows } from "./score-rows.js";
import { BinCounter, Tally, type TallyJson } from "./tally.js";
import { MAX_UNSEEN, refuseAllUnseen, refuseUnseen } from "./unseen.js";

/** A scoring job: what its parts have in common, their results, and its progress. */
export class Job {
  readonly limit: RejectLimit;
  readonly schema: readonly ColumnSchema[];
  /** The options that the output depends on, besides model and input. */
  readonly settings: string;
  readonly tally: Tally;
  private readonly needed: readonly NeededColumn[];
  readonly parts: PartSummary[] = [];
  /** The names of the tiers, the highest first. */
  readonly tiers: readonly string[];
  private readonly isSentAtOnce: boolean;
  private readonly further: FurtherColumns | undefined;
  private readonly counter: BinCounter;
  private readonly pulse: Pulse;
  private readonly total: number;
  private readonly start = performance.now();
  private bytesBefore = 0;
  /** Rows that this run has read, without those of parts that an earlier run had done. */
  private rowsNow = 0;
  private partStart = performance.now();
  private reportedParts = 0;

  constructor(
    readonly model: ChurnModel,
    found: FoundParts,
    readonly options: ScoreFileOptions,
    private readonly workers: MarginWorkers,
    {
      capacity,
      settings,
      further,
      isSentAtOnce = false,
    }: {
      /** The capacities of a list, whose tiers take the place of the model's. */
      readonly capacity?: CapacityTierRule | undefined;
      /** Further settings that the output depends on. */
      readonly settings?: Readonly<Record<string, unknown>> | undefined;
      /** The columns that are written behind the scores. */
      readonly further?: FurtherColumns | undefined;
      /** Whether scores of a part can't be taken back, because they go into a stream. */
      readonly isSentAtOnce?: boolean;
    } = {},
  ) {
    const { rejects, maxRejects, intervals = false, read = {}, write = {} } = options;
    this.isSentAtOnce = isSentAtOnce;
    this.further = further;
    this.limit = new RejectLimit(maxRejects ?? (rejects === undefined ? 0 : Number.POSITIVE_INFINITY));
    this.schema = emptyScores(model, options).columns.map(({ name, kind }) => ({ name, kind }));
    this.tiers = (capacity?.tiers ?? model.tiers).map(({ name }) => name);
    // Without further ones as in older versions, whose jobs can be continued.
    const ofAll = { intervals, rejects: rejects !== undefined, read, write, capacity };
    this.settings = JSON.stringify({ ...ofAll, ...settings });
    this.counter = new BinCounter(model.scorer.content.reference);
    this.tally = this.newTally();
    this.needed = neededColumns(model, read);
    this.pulse = new Pulse(options);
    this.total = found.parts.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  newTally(): Tally {
    return new Tally(this.model.scorer.content, this.counter, this.tiers.length);
  }

  get isAskedToStop(): boolean {
    return this.options.stopSignal?.aborted === true;
  }

  /**
   * Scores the rows of a part into a sink.
   * @returns the identity of its file; empty where the part is not a file.
   * @throws HoldfastError also for a file that changed while it was read, and `data.unseen` for inputs of which more than
   * `maxUnseen` is unseen.
   */
  async score(part: Part, sink: TableSink, rejects: RejectsFile | undefined, tally: Tally): Promise<string> {
    const identity = part.path === undefined ? "" : await identityOf(part.path);
    const source = await part.open();
    const before = this.rowsNow;
    this.partStart = performance.now();
    const { maxUnseen = MAX_UNSEEN } = this.options;
    const { inputs } = this.model;
    const refuseChanged = async () => {
      if (part.path === undefined) return;
      const now = await identityOf(part.path);
      if (now !== identity) throw changed(part.path, identity, now);
    };
    await scoreRows(source, sink, rejects, tally, {
      model: this.model,
      needed: this.needed,
      workers: this.workers,
      limit: this.limit,
      intervals: this.options.intervals === true,
      further: this.further,
      // No onProgress: reading would report the part, not the job.
      work: { signal: this.options.signal },
      onFullBatch: (vectors, unseen) => {
        if (this.isSentAtOnce && tally.scored === 0)
          refuseAllUnseen(inputs, unseen, vectors, maxUnseen, source.name);
      },
      onBatch: (each) => {
        this.rowsNow = before + tally.scored + tally.rejected;
        this.report(each, part);
      },
    }).catch(async (error: unknown) => {
      // A file that is replaced may look damaged.
      if (error instanceof HoldfastError && error.code.startsWith("data.")) await refuseChanged();
      throw error;
    });
    this.rowsNow = before + tally.scored + tally.rejected;
    const read = { unseen: tally.unseenCategories, present: (input: number) => tally.presentIn(input) };
    refuseUnseen(inputs, read, maxUnseen, source.name);
    await refuseChanged();
    return identity;
  }

  /**
   * To be called when all parts are done.
   * @param first a problem of a rejected row.
   * @throws HoldfastError `data.rejected` where rows were read and none could be scored.
   */
  refuseUnscored(first = this.limit.firstProblem): void {
    const { scored, rejected } = this.tally;
    const { rejects } = this.options;
    if (scored > 0 || rejected === 0) return;
    const held = rejects === undefined ? [] : [`${rejects} holds the rows with the reasons`];
    const example = first === undefined ? [] : [`the first: ${describeProblem(withoutHint(first))}`];
    throw new HoldfastError({
      code: "data.rejected",
      path: { argument: "input" },
      expected: `must have a row that can be scored: ${rejected === 1 ? "its only row was" : `all ${count(rejected, "row")} were`} rejected`,
      received: undefined,
      hint: [...held, ...example].join("; "),
    });
  }

  /** Records the result of a part. */
  partDone(
    part: Part,
    {
      rows,
      scored,
      rejected,
      tally,
    }: Pick<PartRecord, "rows" | "scored" | "rejected"> & { tally: TallyJson },
    output: string,
    wasDone: boolean,
    seconds = (performance.now() - this.partStart) / 1000,
  ): void {
    this.tally.add(tally);
    this.bytesBefore += part.bytes;
    const summary: PartSummary = {
      input: part.path ?? null,
      output,
      rows,
      scored,
      rejected,
      tiers: this.tiers.map((tier, t) => ({ tier, rows: tally.tiers[t] })),
      seconds: wasDone ? 0 : seconds,
      wasDone,
    };
    this.parts.push(summary);
  }

  /** Calls `onPart` for the parts that it was not called for yet. To be called when they are written. */
  reportParts(): void {
    const { onPart } = this.options;
    for (const part of this.parts.slice(this.reportedParts)) onPart?.(part);
    this.reportedParts = this.parts.length;
  }

  /** To be called when everything is written. */
  reportEnd(): void {
    this.pulse.report({ phase: "scoring", done: this.total, total: this.total, detail: this.detail() });
  }

  private report(source: RowSource, part: Part): void {
    const { done, total } = source.extent();
    const share = total === undefined || total === 0 ? 0 : Math.min(1, done / total);
    const bytes = Math.floor(this.bytesBefore + share * part.bytes);
    const left = bytes > 0 && bytes < this.total ? this.secondsLeft(bytes) : undefined;
    this.pulse.report({
      phase: "scoring",
      // The total is reported only when everything is written.
      done: Math.min(bytes, this.total - 1),
      total: this.total,
      detail: left === undefined ? this.detail() : `${this.detail()}, ${duration(left)} left`,
    });
  }

  private secondsLeft(bytes: number): number {
    const seconds = (performance.now() - this.start) / 1000;
    return (seconds / bytes) * (this.total - bytes);
  }

  private detail(): string {
    const seconds = (performance.now() - this.start) / 1000;
    const rate = Math.round(this.rowsNow / Math.max(seconds, 1e-3));
    return `${count(this.rowsNow, "row")}, ${rate.toLocaleString("en-US")} a second`;
  }
}

function withoutHint({ hint: _, ...problem }: Problem): Problem {
  return problem;
}

/** A file that grew may end within a row, and what it began with may be another: no row of it is scored. */
function changed(file: string, before: string, now: string): HoldfastError {
  const grown = Number.parseInt(now, 10) - Number.parseInt(before, 10);
  const isSame = withoutSize(before) === withoutSize(now);
  const how = grown > 0 && isSame ? `, it grew by ${count(grown, "byte")}` : "";
  return new HoldfastError({
    code: "data.unreadable",
    path: { file },
    expected: `must not change while it is read${how}`,
    received: undefined,
    hint: "score it when it is complete; of a file that is always added to, score a copy",
  });
}

/** Device and inode of an identity. */
function withoutSize(identity: string): string {
  return identity.split(", ").slice(1, 3).join(", ");
}

function duration(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${(seconds / 3600).toFixed(1)} h`;
}
