import { meanSimple } from "simple-statistics";
import { count } from "../../errors.js";
import { Pulse } from "../../progress.js";
import { createRandom } from "../../random.js";
import { foldsFor, rowsOfFold } from "../../vectors/folds.js";
import { copyRows, type Vectors } from "../../vectors/vectors.js";
import { checkTrainingRows } from "../check-rows.js";
import type { Classifier, CrossFit, FitOptions } from "../classifier.js";
import { countRange } from "../count-range.js";
import { outOfFoldMarginsOf } from "../margins.js";
import { leastOf, longEnough, runFolds, weightsOfFolds } from "../other-folds.js";
import { type LoadedTensorFlow, loadTensorFlow, withBackend } from "./backend.js";
import { type EncodedRows, emptyRows, encodeRow, fitInputs, fitSequences } from "./encoding.js";
import { sequencePositions } from "./find-sequences.js";
import { FittedNeural } from "./fitted-neural.js";
import type { NeuralSettings } from "./options.js";
import type { NetworkShape } from "./shape.js";
import { type TrainedNetwork, trainNetwork } from "./train-network.js";

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
      const weights = weightsOfFolds(folds, fit.weights);
      const train = async (fold: number, leastEpochs: number) => {
        const heldOut = rowsOfFold(folds, fold);
        const trained = await run.train(rowsOfFold(folds, fold, true), heldOut, fold, leastEpochs);
        return { trained, curve: { losses: lossesOf(trained), weight: weights[fold] }, ...lengthOf(trained) };
      };
      const made = await runFolds(folds.count, train);
      const models: FittedNeural[] = [];
      for (const [fold, measured] of made.entries()) {
        const { trained } = await longEnough(measured, (leastEpochs) => train(fold, leastEpochs));
        models.push(modelAt(trained, measured.kept.steps));
      }
      run.finish();
      const networks = count(settings.members, "network");
      const epochs = countRange(
        made.map(({ kept }) => kept.steps),
        "epoch",
      );
      const summary = `${networks} a fold, ${epochs}, ${made[0].run.trained.backend}`;
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
      const heldOut = rowsOfFold(folds, 0);
      const stopped = await first.train(rowsOfFold(folds, 0, true), heldOut, 0);
      first.finish();
      const { steps } = leastOf([{ losses: lossesOf(stopped), weight: 1 }]);
      const enough = { ...settings, epochs: Math.max(1, steps) };
      const run = new NeuralRun(tf, vectors, labels, enough, fit, `${NAME}, all rows`, 1);
      const trained = await run.train(Int32Array.from(labels.keys()), new Int32Array(0), 0);
      run.finish();
      return modelAt(trained, 0);
    },
  };
}

/** The networks of one part of the rows. */
interface TrainedPart {
  readonly shape: NetworkShape;
  readonly networks: readonly TrainedNetwork[];
  readonly backend: string;
}

/** The mean held-out loss of the networks by epoch; one that ended early counts with its last. */
function lossesOf({ networks }: TrainedPart): number[] {
  const epochs = Math.max(...networks.map(({ heldOutLosses }) => heldOutLosses.length));
  const at = (losses: readonly number[], epoch: number) => losses[Math.min(epoch, losses.length - 1)];
  return Array.from({ length: epochs }, (_, epoch) =>
    meanSimple(networks.map(({ heldOutLosses }) => at(heldOutLosses, epoch))),
  );
}

/** The epochs that all networks were trained for. */
function lengthOf({ networks }: TrainedPart): { stepsMade: number } {
  return { stepsMade: Math.min(...networks.map(({ weightsOfEpochs }) => weightsOfEpochs.length - 1)) };
}

function modelAt({ shape, networks }: TrainedPart, epoch: number): FittedNeural {
  return FittedNeural.of(
    shape,
    networks.map(({ weightsOfEpochs }) => weightsOfEpochs[epoch]),
  );
}

/** Networks on parts of the same rows, with one progress for all of them. */
class NeuralRun {
  private readonly pulse: Pulse;
  private readonly sequences: readonly (readonly number[])[];
  private readonly total: number;
  private reported = 0;

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
  async train(
    training: Int32Array,
    heldOut: Int32Array,
    part: number,
    leastEpochs = 0,
  ): Promise<TrainedPart> {
    const { vectors, labels, settings, fit, pulse, phase, total } = this;
    const shape: NetworkShape = {
      numericEmbedding: settings.numericEmbedding,
      frequencies: settings.frequencies,
      ...(settings.extrapolate ? { extrapolate: true } : {}),
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
        const onEpoch = (epoch: number) => {
          // A part that is trained again was reported before.
          this.reported = Math.max(this.reported, done + epoch);
          pulse.report({ phase, done: this.reported, total, detail });
        };
        const { tf } = this.tensorFlow;
        networks.push(await trainNetwork(tf, shape, rows, settings, random, pulse, onEpoch, leastEpochs));
      }
      return { shape, networks, backend };
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
