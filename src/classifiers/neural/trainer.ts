import { count } from "../../errors.js";
import { Pulse } from "../../progress.js";
import { createRandom } from "../../random.js";
import { foldsFor, rowsOfFold } from "../../vectors/folds.js";
import { copyRows, type Vectors } from "../../vectors/vectors.js";
import { checkTrainingRows } from "../check-rows.js";
import type { Classifier, CrossFit, FitOptions } from "../classifier.js";
import { countRange } from "../count-range.js";
import { outOfFoldMarginsOf } from "../margins.js";
import { type LoadedTensorFlow, loadTensorFlow, withBackend } from "./backend.js";
import { type EncodedRows, emptyRows, encodeRow, fitInputs, fitSequences } from "./encoding.js";
import { sequencePositions } from "./find-sequences.js";
import { FittedNeural } from "./fitted-neural.js";
import type { NeuralSettings } from "./options.js";
import type { NetworkShape } from "./shape.js";
import { trainNetwork } from "./train-network.js";

const NAME = "neural";
/** `fit` divides the rows into this many parts and holds one out to find the number of epochs. */
const FOLDS_FOR_EPOCHS = 5;
/** Loads TensorFlow once. */
let loaded: Promise<LoadedTensorFlow> | undefined;

/** The work behind `neuralNetwork()`. */
export function neuralTrainer(
  settings: NeuralSettings,
  load?: () => Promise<LoadedTensorFlow>,
): Classifier<FittedNeural> {
  const tensorFlow = () => {
    if (load !== undefined) return load();
    loaded ??= loadTensorFlow();
    return loaded;
  };
  return {
    name: NAME,
    async crossFit(vectors, labels, folds, fit = {}): Promise<CrossFit> {
      checkTrainingRows("neuralNetwork", vectors.rowCount, labels, fit.weights);
      const run = new NeuralRun(await tensorFlow(), vectors, labels, settings, fit, NAME, folds.count);
      const results: RunResult[] = [];
      for (let fold = 0; fold < folds.count; fold++) {
        results.push(await run.train(rowsOfFold(folds, fold, true), rowsOfFold(folds, fold), fold));
      }
      run.finish();
      const epochs = results.flatMap((result) => result.epochs);
      const { members } = settings;
      const networks = count(members, "network");
      const summary = `${networks} a fold, ${countRange(epochs, "epoch")}, ${results[0].backend}`;
      const models = results.map(({ model }) => model);
      return { models, outOfFoldMargins: outOfFoldMarginsOf(models, vectors, folds), summary };
    },
    async fit(vectors, labels, fit = {}): Promise<FittedNeural> {
      checkTrainingRows("neuralNetwork", vectors.rowCount, labels, fit.weights);
      const tf = await tensorFlow();
      const folds = foldsFor(
        { function: "neuralNetwork", argument: "labels" },
        labels,
        FOLDS_FOR_EPOCHS,
        fit.seed ?? 0,
      );
      const first = new NeuralRun(tf, vectors, labels, settings, fit, `${NAME}, epochs`, 1);
      const { epochs } = await first.train(rowsOfFold(folds, 0, true), rowsOfFold(folds, 0), 0);
      first.finish();
      const mean = epochs.reduce((sum, each) => sum + each, 0) / epochs.length;
      const enough = { ...settings, epochs: Math.max(1, Math.round(mean)) };
      const run = new NeuralRun(tf, vectors, labels, enough, fit, `${NAME}, all rows`, 1);
      const { model } = await run.train(Int32Array.from(labels.keys()), new Int32Array(0), 0);
      run.finish();
      return model;
    },
  };
}

interface RunResult {
  readonly model: FittedNeural;
  /** Of every member. */
  readonly epochs: readonly number[];
  readonly backend: string;
}

/** Networks on parts of the same rows, with one progress for all of them. */
class NeuralRun {
  private readonly pulse: Pulse;
  private readonly sequences: readonly (readonly number[])[];
  private readonly total: number;

  constructor(
    private readonly tensorFlow: LoadedTensorFlow,
    private readonly vectors: Vectors,
    private readonly labels: Uint8Array,
    private readonly settings: NeuralSettings,
    private readonly fit: FitOptions,
    private readonly phase: string,
    parts: number,
  ) {
    this.pulse = new Pulse(fit);
    this.sequences = sequencePositions(vectors, settings.sequences);
    this.total = parts * settings.members * settings.epochs;
  }

  /** Trains the members on some rows, with early stopping on others where given. */
  async train(training: Int32Array, heldOut: Int32Array, part: number): Promise<RunResult> {
    const { vectors, labels, settings, fit, pulse, phase, total } = this;
    const shape: NetworkShape = {
      numericEmbedding: settings.numericEmbedding,
      frequencies: settings.frequencies,
      inputs: fitInputs(vectors, training, settings.bins),
      sequences: fitSequences(vectors, training, this.sequences, settings),
      width: settings.width,
      hidden: settings.hidden,
      blocks: settings.blocks,
    };
    const encoded = encodeAll(shape, vectors);
    const rows = { encoded, labels, weights: fit.weights, training, heldOut };
    return withBackend(this.tensorFlow, async (backend) => {
      const networks = [];
      for (let member = 0; member < settings.members; member++) {
        const done = (part * settings.members + member) * settings.epochs;
        const detail = `part ${part + 1}, network ${member + 1} of ${settings.members}, ${backend}`;
        const random = createRandom(fit.seed ?? 0, "neural", part, member);
        networks.push(
          await trainNetwork(this.tensorFlow.tf, shape, rows, settings, random, pulse, (epoch) =>
            pulse.report({ phase, done: done + epoch, total, detail }),
          ),
        );
      }
      const weights = networks.map((network) => network.weights);
      return {
        model: FittedNeural.of(shape, weights),
        epochs: networks.map(({ epochs }) => epochs),
        backend,
      };
    });
  }

  finish(): void {
    this.pulse.report({ phase: this.phase, done: this.total, total: this.total });
  }
}

function encodeAll(shape: NetworkShape, vectors: Vectors): EncodedRows {
  const encoded = emptyRows(shape, vectors.rowCount);
  const row = new Float64Array(vectors.features.length);
  for (let at = 0; at < vectors.rowCount; at++) {
    copyRows(vectors, at, at + 1, row);
    encodeRow(shape, row, 0, encoded, at);
  }
  return encoded;
}
