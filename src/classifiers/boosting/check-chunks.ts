import { checkOptions } from "../../arguments.js";
import { HoldfastError, invalidArgument } from "../../errors.js";
import { listProblem } from "../../metrics/sample/number-list.js";
import type { TrainingChunk, TrainingChunks } from "../../trees/binning/training-chunks.js";
import { checkVectors } from "../../vectors/check-vectors.js";
import { FIT_OPTIONS, valueProblems } from "../check-fit.js";

const NAME = "gradientBoostingFromChunks";
const { weights: _, ...CHUNK_FIT_OPTIONS } = FIT_OPTIONS;

/** @throws HoldfastError for anything but chunks, a number of rounds, and options of training. */
export function checkChunks(source: unknown, options: unknown, fit: unknown): void {
  const { rowCount, chunks } = (source ?? {}) as Partial<TrainingChunks>;
  if (typeof chunks !== "function") {
    const expected = "must be { rowCount, chunks } with a function chunks";
    const hint = "of rows in memory: { rowCount: vectors.rowCount, chunks: () => [{ vectors, labels }] }";
    invalidArgument(NAME, "source", expected, source, hint);
  }
  if (!(typeof rowCount === "number" && Number.isInteger(rowCount) && rowCount >= 1)) {
    invalidArgument(NAME, "rowCount", "must be a whole number ≥ 1", rowCount);
  }
  checkOptions(NAME, fit, CHUNK_FIT_OPTIONS, "fit");
  const problems = valueProblems(NAME, fit);
  if (problems.length > 0) throw new HoldfastError(problems);
  const { rounds } = (options ?? {}) as { readonly rounds?: unknown };
  if (rounds !== undefined) return;
  throw new HoldfastError({
    code: "argument.missing",
    path: { function: NAME, argument: "rounds" },
    expected: "must be given, as rows that are read once can't stop it early",
    received: undefined,
    hint: "write { rounds: 200 }",
  });
}

/** The same chunks, each checked before it is used. */
export function checkedChunks(source: TrainingChunks): TrainingChunks {
  return {
    rowCount: source.rowCount,
    async *chunks() {
      const chunks: unknown = source.chunks();
      const isObject = typeof chunks === "object" && chunks !== null;
      if (!isObject || !(Symbol.asyncIterator in chunks || Symbol.iterator in chunks)) {
        invalidArgument(NAME, "chunks", "must return chunks that can be iterated", chunks);
      }
      for await (const chunk of chunks as AsyncIterable<TrainingChunk>) {
        const { vectors, labels } = (chunk ?? {}) as Partial<TrainingChunk>;
        checkVectors(NAME, "chunk.vectors", vectors);
        const problem = listProblem(NAME, "chunk.labels", labels);
        if (problem !== undefined) throw new HoldfastError(problem);
        yield chunk;
      }
    },
  };
}
