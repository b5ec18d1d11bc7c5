/** One run of the engine in a separate process, so that its peak memory can be measured. Prints one line of JSON. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { median } from "simple-statistics";
import { gradientBoosting, gradientBoostingFromChunks } from "../../../src/classifiers/boosting/boosting.js";
import { stratifiedFolds } from "../../../src/vectors/folds.js";
import { peakBytes, residentBytes } from "../memory.js";
import { timed } from "../result.js";
import { chunksOf } from "./chunks.js";
import { readEngineFiles } from "./files.js";
import { bin, engineOptions, score, train } from "./holdfast.js";
import type { Times } from "./peers.js";

/** The first scoring compiles the model, which a job that scores chunk after chunk does once. */
const SCORINGS = 5;

const [job, path, threadCount, roundCount] = process.argv.slice(2);
const threads = Number(threadCount);
const rounds = Number(roundCount);
const jobs: Readonly<Record<string, () => Promise<unknown>>> = { engine, fit, crossFit, large };
process.stdout.write(`${JSON.stringify(await jobs[job]())}\n`);

/** Bins, trains and scores what a folder of column files holds; leaves the margins of the test rows there. */
async function engine() {
  const { vectors, labels } = readEngineFiles(path, "training");
  const test = readEngineFiles(path, "test");
  const inputBytes = residentBytes();
  const binning = await timed(() => bin(vectors, threads));
  const training = await timed(() => train(binning.value, labels, rounds));
  const peak = peakBytes() - inputBytes;
  await binning.value.close();
  const scorings: Times[] = [];
  for (let i = 0; i < SCORINGS; i++)
    scorings.push(await timed(() => score(training.value, vectors, threads)));
  const scoring = {
    cpu: median(scorings.map(({ cpu }) => cpu)),
    wall: median(scorings.map(({ wall }) => wall)),
  };
  writeFileSync(join(path, "margins.f64"), training.value.margin(test.vectors));
  return { binning: times(binning), training: times(training), scoring, peakBytes: peak };
}

/** One fit of all rows, with binning and with all of its rounds. */
async function fit() {
  const { vectors, labels } = readEngineFiles(path, "training");
  return times(await timed(() => classifier().fit(vectors, labels, { threads })));
}

/** The same in five folds. */
async function crossFit() {
  const { vectors, labels } = readEngineFiles(path, "training");
  const folds = stratifiedFolds(labels, 5, 0);
  return times(await timed(() => classifier().crossFit(vectors, labels, folds, { threads })));
}

function classifier() {
  return gradientBoosting({ ...engineOptions(rounds), patience: rounds });
}

/** Bins a Parquet file chunk by chunk and trains on it. */
async function large() {
  const source = await chunksOf(path);
  const options = { ...engineOptions(rounds), rounds };
  const work = await timed(() => gradientBoostingFromChunks(source, options, { threads }));
  return { work: times(work), peakBytes: peakBytes() };
}

function times({ cpu, wall }: { readonly cpu: number; readonly wall: number }) {
  return { cpu, wall };
}
