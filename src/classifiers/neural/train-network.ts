import type { Tensor, Tensor2D } from "@tensorflow/tfjs";
import type { Pulse } from "../../progress.js";
import { type Random, shuffle } from "../../random.js";
import { meanLogLossOfMargins } from "../margins.js";
import { AdamW, initialWeights } from "./adam-w.js";
import type { TensorFlowJs } from "./backend.js";
import type { EncodedRows } from "./encoding.js";
import { type BatchTensors, NetworkGraph } from "./graph.js";
import type { NeuralSettings } from "./options.js";
import type { NetworkShape } from "./shape.js";

/** The training data of one network. */
export interface NetworkRows {
  readonly encoded: EncodedRows;
  readonly labels: Uint8Array;
  readonly weights: Float64Array | undefined;
  readonly training: Int32Array;
  /** Rows for early stopping; none: all epochs are run. */
  readonly heldOut: Int32Array;
}

export interface TrainedNetwork {
  /** The running mean of the weights at first and after every pass over the rows; without held-out rows only the last. */
  readonly weightsOfEpochs: readonly Float32Array[];
  /** The held-out loss before the first pass and after each; empty when no row is held out. */
  readonly heldOutLosses: readonly number[];
}

/** Rows whose margins are computed together in prediction. */
const ASKED_ROWS = 4096;

/**
 * Trains one network until the held-out loss of its running mean of weights no longer falls.
 * @param leastEpochs passes before early stopping may end the training.
 */
export async function trainNetwork(
  tf: TensorFlowJs,
  shape: NetworkShape,
  rows: NetworkRows,
  settings: NeuralSettings,
  random: Random,
  pulse: Pulse,
  onEpoch: (epoch: number) => void,
  leastEpochs = 0,
): Promise<TrainedNetwork> {
  const graph = new NetworkGraph(tf, shape);
  const weights = initialWeights(graph.layout, baseMarginOf(rows), random);
  const optimizer = new AdamW(graph.layout, settings);
  const averaged = weights.slice();
  const gradient = new Float32Array(weights.length);
  const order = rows.training.slice();
  const weightsOfEpochs = rows.heldOut.length === 0 ? [] : [averaged.slice()];
  const heldOutLoss = () => {
    const margins = marginsOfRows(tf, graph, rows.encoded, rows.heldOut, averaged);
    return meanLogLossOfMargins(margins, rows.labels, rows.heldOut, rows.weights);
  };
  const losses = rows.heldOut.length === 0 ? [] : [heldOutLoss()];
  let best = { loss: Number.POSITIVE_INFINITY, epoch: 0 };
  let steps = 0;
  for (let epoch = 1; epoch <= settings.epochs; epoch++) {
    shuffle(order, random);
    for (let from = 0; from < order.length; from += settings.batchRows) {
      const batch = order.subarray(from, from + settings.batchRows);
      slopesOf(tf, graph, rows, batch, weights, settings, random, gradient);
      optimizer.step(weights, gradient);
      steps++;
      // At first the mean follows closely, so that the initial weights are soon forgotten.
      const kept = Math.min(settings.averaging, steps / (steps + 10));
      for (let i = 0; i < weights.length; i++) averaged[i] += (1 - kept) * (weights[i] - averaged[i]);
      await pulse.beat();
    }
    onEpoch(epoch);
    if (rows.heldOut.length === 0) continue;
    weightsOfEpochs.push(averaged.slice());
    const loss = heldOutLoss();
    losses.push(loss);
    if (loss < best.loss) best = { loss, epoch };
    else if (epoch >= leastEpochs && epoch - best.epoch >= settings.patience) break;
  }
  if (rows.heldOut.length === 0) weightsOfEpochs.push(averaged);
  return { weightsOfEpochs, heldOutLosses: losses };
}

/** Log-odds of the training rows, kept finite. */
function baseMarginOf({ labels, weights, training }: NetworkRows): number {
  let churned = 0.5;
  let stayed = 0.5;
  for (const row of training) {
    const weight = weights === undefined ? 1 : weights[row];
    if (labels[row] === 1) churned += weight;
    else stayed += weight;
  }
  return Math.log(churned / stayed);
}

/** The gradient of a batch's mean log loss. */
function slopesOf(
  tf: TensorFlowJs,
  graph: NetworkGraph,
  { encoded, labels, weights: rowWeights }: NetworkRows,
  batch: Int32Array,
  weights: Float32Array,
  settings: NeuralSettings,
  random: Random,
  into: Float32Array,
): void {
  let total = 0;
  for (const row of batch) total += rowWeights === undefined ? 1 : rowWeights[row];
  into.fill(0);
  if (total === 0) return;
  tf.tidy(() => {
    const tensors = graph.batchTensors(encoded, batch);
    const signs = tf.tensor1d(Float32Array.from(batch, (row) => (labels[row] === 1 ? -1 : 1)));
    const shares = tf.tensor1d(
      Float32Array.from(batch, (row) => (rowWeights === undefined ? 1 : rowWeights[row]) / total),
    );
    const masks = dropoutMasks(tf, graph, batch.length, settings.dropout, random);
    const loss = (...pieces: Tensor[]) =>
      graph.margins(pieces, tensors, masks).mul(signs).softplus().mul(shares).sum();
    const slopes = tf.grads(loss)(graph.weightTensors(weights));
    graph.layout.pieces.forEach(({ offset }, p) => {
      into.set(slopes[p].dataSync(), offset);
    });
  });
}

function dropoutMasks(
  tf: TensorFlowJs,
  { layout }: NetworkGraph,
  rowCount: number,
  dropout: number,
  random: Random,
): Tensor2D[] | undefined {
  if (dropout === 0) return undefined;
  return layout.blocks.map(({ up: { columns } }) => {
    const mask = new Float32Array(rowCount * columns);
    for (let i = 0; i < mask.length; i++) mask[i] = random.next() < dropout ? 0 : 1 / (1 - dropout);
    return tf.tensor2d(mask, [rowCount, columns]);
  });
}

/** Margins by the graph, at the places of their rows. */
export function marginsOfRows(
  tf: TensorFlowJs,
  graph: NetworkGraph,
  encoded: EncodedRows,
  rows: Int32Array,
  weights: Float32Array,
): Float64Array {
  const margins = new Float64Array(encoded.rowCount);
  for (let from = 0; from < rows.length; from += ASKED_ROWS) {
    const some = rows.subarray(from, from + ASKED_ROWS);
    const values = tf.tidy(() => {
      const batch: BatchTensors = graph.batchTensors(encoded, some);
      return graph.margins(graph.weightTensors(weights), batch).dataSync();
    });
    some.forEach((row, i) => {
      margins[row] = values[i];
    });
  }
  return margins;
}
