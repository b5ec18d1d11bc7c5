import { attempt, Problems } from "../../errors.js";
import type { ChurnModel } from "../../predict/churn-model.js";
import type { ScoreColumns } from "../../predict/scorer.js";
import { type LongWork, Pulse } from "../../progress.js";
import { BATCH_ROWS, type NeededColumn, type RowBatch, type RowSource } from "../../rows/row-source.js";
import { type Column, findColumn, type Table, type TextColumn } from "../../table/table.js";
import type { TableSink } from "../../table/table-sink.js";
import { valuesOf } from "../../vectors/column-roles/subscriber-value.js";
import type { UnseenCategories } from "../../vectors/vectorizer.js";
import type { Vectors } from "../../vectors/vectors.js";
import { scoresTable } from "../scores-table.js";
import type { BatchResult, MarginWorkers } from "./margin-workers.js";
import type { RejectLimit, RejectsFile } from "./rejects.js";
import type { Tally } from "./tally.js";

/** What the parts of a job are scored with. */
export interface PartScoring {
  readonly model: ChurnModel;
  /** The columns that are read. */
  readonly needed: readonly NeededColumn[];
  readonly workers: MarginWorkers;
  readonly limit: RejectLimit;
  readonly intervals: boolean;
  /** Makes the columns that follow the scores, such as reasons. Undefined: there are none. */
  readonly further?: FurtherColumns | undefined;
  readonly work: LongWork;
  /** Called with every full batch before it is scored. */
  readonly onFullBatch: (vectors: Vectors, unseen: readonly UnseenCategories[]) => void;
  /** Called after every batch. */
  readonly onBatch: (source: RowSource) => void;
}

/**
 * Makes further columns of a batch.
 * @param tiers of its rows.
 * @param vectors that its margins were computed from.
 * @param table as it was read.
 */
export type FurtherColumns = (
  tiers: Int32Array,
  vectors: Vectors,
  table: Table,
) => readonly Column[] | Promise<readonly Column[]>;

/** The first batches of a part, whose inputs are counted in every row; later ones in every eighth row, as eight rows. */
const COUNTED_BATCHES = 8;
const STRIDE = 8;

/** Rows whose scores are being computed. */
interface UnderWay {
  readonly ids: TextColumn["values"];
  readonly result: Promise<ScoredBatch>;
}

interface ScoredBatch extends Omit<BatchResult, "margins" | "vectors"> {
  readonly scored: ScoreColumns;
  readonly further: readonly Column[];
}

/**
 * Scores all rows of a source into a sink, in their order: read → vectors → margins (in workers, several batches at a
 * time) → probabilities and tiers → further columns → written. At most `workers.width` batches are in progress at a time.
 * @throws HoldfastError for a source that can't be read, a sink that can't be written, too many rejects.
 */
export async function scoreRows(
  source: RowSource,
  sink: TableSink,
  rejects: RejectsFile | undefined,
  tally: Tally,
  { model, needed, workers, limit, intervals, further, work, onFullBatch, onBatch }: PartScoring,
): Promise<void> {
  const { scorer } = model;
  const underWay: UnderWay[] = [];
  const pulse = new Pulse(work);
  let batches = 0;
  const scoredBatch = async (
    { table, rowNumbers }: RowBatch,
    values: Float64Array | undefined,
    vectors: Vectors,
    stride: number,
  ): Promise<ScoredBatch> => {
    const asked = workers.ask({ vectors, stride, keepsVectors: further !== undefined });
    const { margins, vectors: kept, ...counts } = await asked;
    const scored = atRows(source.name, rowNumbers, () => scorer.columnsOf(margins, values, intervals));
    const columns = kept === undefined ? undefined : further?.(scored.tiers, kept, table);
    return { ...counts, scored, further: (await columns) ?? [] };
  };
  const writeNext = async (): Promise<void> => {
    const next = underWay.shift();
    if (next === undefined) return;
    const { inputs, rows, scored, further: columns } = await next.result;
    tally.addInputs(inputs, rows);
    tally.addScores(scored.probabilities, scored.tiers);
    await sink.write(scoresTable(model, next.ids, scored, columns));
  };
  try {
    for await (const batch of source.batches(needed, work)) {
      const { table, rowNumbers, rejected } = batch;
      limit.add(rejected);
      tally.rejected += rejected.length;
      await rejects?.add(source.name, rejected);
      if (limit.isHopeless) limit.check();
      if (table.rowCount > 0) {
        const ids = idsOf(model, table, rowNumbers);
        const values = worthOf(model, table);
        const vectors = scorer.vectorizer.transform(table, new Problems(), true);
        const unseen = scorer.vectorizer.unseenCategories(table);
        tally.addUnseen(unseen);
        if (table.rowCount + rejected.length >= BATCH_ROWS) onFullBatch(vectors, unseen);
        const stride = batches++ < COUNTED_BATCHES || vectors.rowCount % STRIDE > 0 ? 1 : STRIDE;
        const result = scoredBatch(batch, values, vectors, stride);
        // Awaited later, in order; until then a failure must not count as an unhandled rejection.
        result.catch(() => {});
        underWay.push({ ids, result });
      }
      while (underWay.length >= workers.width) await writeNext();
      onBatch(source);
      await pulse.beat();
    }
    limit.check();
    while (underWay.length > 0) await writeNext();
  } finally {
    await Promise.allSettled(underWay.map(({ result }) => result));
  }
}

/** What a call returns; errors that name a row of the batch name it in its file. */
function atRows<Result>(file: string, rowNumbers: ArrayLike<number>, call: () => Result): Result {
  const found = new Problems();
  const result = attempt(found, call);
  if (result !== undefined) return result;
  const problems = new Problems();
  found.addTo(problems, (path) =>
    path.row === undefined ? path : { ...path, file, row: rowNumbers[path.row - 1] },
  );
  problems.throwIfAny();
  throw new Error("a call without a result has a problem");
}

function idsOf(model: ChurnModel, table: Table, rowNumbers: ArrayLike<number>): TextColumn["values"] {
  if (model.id === null) return Array.from(rowNumbers, String);
  return (findColumn(table, model.id) as TextColumn).values;
}

function worthOf(model: ChurnModel, table: Table): Float64Array | undefined {
  return model.value === null ? undefined : valuesOf(table, model.value);
}
