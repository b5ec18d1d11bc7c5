import type { Random } from "../../random.js";
import type { NetworkLayout, PieceKind } from "./shape.js";

const FIRST = 0.9;
const SECOND = 0.999;
const EPSILON = 1e-8;

export interface AdamWOptions {
  readonly learningRate: number;
  readonly weightDecay: number;
}

/** Weights under Adam with decoupled decay (Loshchilov & Hutter 2019), which TensorFlow.js does not have. */
export class AdamW {
  private readonly first: Float64Array;
  private readonly second: Float64Array;
  private readonly decays: Uint8Array;
  private steps = 0;

  constructor(
    layout: NetworkLayout,
    private readonly options: AdamWOptions,
  ) {
    this.first = new Float64Array(layout.size);
    this.second = new Float64Array(layout.size);
    this.decays = new Uint8Array(layout.size);
    for (const { kind, offset, rows, columns } of layout.pieces) {
      if (kind === "matrix" || kind === "embedding") this.decays.fill(1, offset, offset + rows * columns);
    }
  }

  /** Moves the weights against a gradient, in place. */
  step(weights: Float32Array, gradient: Float32Array): void {
    this.steps++;
    const { learningRate, weightDecay } = this.options;
    const { first, second, decays } = this;
    const rate = (learningRate * Math.sqrt(1 - SECOND ** this.steps)) / (1 - FIRST ** this.steps);
    const kept = 1 - learningRate * weightDecay;
    for (let i = 0; i < weights.length; i++) {
      const slope = gradient[i];
      first[i] += (1 - FIRST) * (slope - first[i]);
      second[i] += (1 - SECOND) * (slope * slope - second[i]);
      const held = decays[i] === 1 ? weights[i] * kept : weights[i];
      weights[i] = held - (rate * first[i]) / (Math.sqrt(second[i]) + EPSILON);
    }
  }
}

/** Starting weights: He's normal for matrices (He et al. 2015), which keeps the spread of a layer; biases 0, gains 1. */
export function initialWeights(layout: NetworkLayout, baseMargin: number, random: Random): Float32Array {
  const weights = new Float32Array(layout.size);
  for (const piece of layout.pieces) {
    const { kind, offset, rows, columns } = piece;
    // A block starts close to zero, the head at the base rate.
    const isLast = piece === layout.head || layout.blocks.some(({ down }) => down === piece);
    const scale = scaleOf(kind, rows) * (isLast ? 0.1 : 1);
    for (let i = 0; i < rows * columns; i++)
      weights[offset + i] = kind === "gain" ? 1 : scale === 0 ? 0 : scale * random.normal();
  }
  weights[layout.headBias.offset] = baseMargin;
  return weights;
}

function scaleOf(kind: PieceKind, rows: number): number {
  if (kind === "matrix") return Math.sqrt(2 / Math.max(1, rows));
  if (kind === "embedding") return 0.3;
  return kind === "frequency" ? 1 : 0;
}
