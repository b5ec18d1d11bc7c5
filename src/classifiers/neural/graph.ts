import type { Tensor, Tensor2D } from "@tensorflow/tfjs";
import type { TensorFlowJs } from "./backend.js";
import type { EncodedRows } from "./encoding.js";
import { NORM_EPSILON } from "./forward.js";
import {
  categoricalInputs,
  layoutOf,
  type NetworkLayout,
  type NetworkShape,
  type Piece,
  positionsOf,
  windowSizeOf,
} from "./shape.js";

/** Encoded rows as tensors. */
export interface BatchTensors {
  readonly fixed: Tensor2D;
  readonly positions: Tensor2D;
  /** One-hot, of every categorical feature. */
  readonly codes: readonly Tensor2D[];
  readonly windows: readonly Tensor2D[];
}

/** Per block, what a row's hidden units are multiplied by in training: 0 where silenced. */
export type DropoutMasks = readonly Tensor2D[] | undefined;

/** The TensorFlow graph of a network's margins; {@link ForwardPass} computes the same. */
export class NetworkGraph {
  readonly layout: NetworkLayout;
  private readonly placeOf: ReadonlyMap<Piece, number>;

  constructor(
    private readonly tf: TensorFlowJs,
    private readonly shape: NetworkShape,
  ) {
    this.layout = layoutOf(shape);
    this.placeOf = new Map(this.layout.pieces.map((piece, place) => [piece, place]));
  }

  /** One tensor a piece. */
  weightTensors(weights: Float32Array): Tensor2D[] {
    return this.layout.pieces.map(({ offset, rows, columns }) =>
      this.tf.tensor2d(weights.slice(offset, offset + rows * columns), [rows, columns]),
    );
  }

  /** Tensors of some rows, in that order. */
  batchTensors(encoded: EncodedRows, rows: Int32Array): BatchTensors {
    const { tf, shape } = this;
    const gather = (values: Float32Array) => {
      const width = values.length / encoded.rowCount;
      const taken = new Float32Array(rows.length * width);
      rows.forEach((row, i) => {
        taken.set(values.subarray(row * width, (row + 1) * width), i * width);
      });
      return taken;
    };
    const perRow = (values: Float32Array) =>
      tf.tensor2d(gather(values), [rows.length, values.length / encoded.rowCount]);
    const categories = categoricalInputs(shape);
    return {
      fixed: perRow(encoded.fixed),
      positions: perRow(encoded.positions),
      codes: categories.map(({ codes }, c) => {
        const oneHot = new Float32Array(rows.length * codes);
        rows.forEach((row, i) => {
          oneHot[i * codes + encoded.codes[row * categories.length + c]] = 1;
        });
        return tf.tensor2d(oneHot, [rows.length, codes]);
      }),
      windows: shape.sequences.map((branch, s) =>
        tf.tensor2d(gather(encoded.windows[s]), [rows.length * positionsOf(branch), windowSizeOf(branch)]),
      ),
    };
  }

  /** Margins, one a row. */
  margins(weights: readonly Tensor[], batch: BatchTensors, masks?: DropoutMasks): Tensor {
    const { layout } = this;
    const of = (piece: Piece) => weights[this.placeOf.get(piece) as number] as Tensor2D;
    let stream = this.product(this.entryOf(of, batch), of(layout.entry)).add(
      of(layout.entryBias),
    ) as Tensor2D;
    layout.blocks.forEach((block, b) => {
      const normal = this.normalised(stream, of(block.gain), of(block.shift));
      let hidden = this.product(normal, of(block.up)).add(of(block.upBias)).relu() as Tensor2D;
      if (masks !== undefined) hidden = hidden.mul(masks[b]);
      stream = stream.add(this.product(hidden, of(block.down)).add(of(block.downBias)));
    });
    const last = this.normalised(stream, of(layout.headGain), of(layout.headShift)).relu() as Tensor2D;
    return this.product(last, of(layout.head)).add(of(layout.headBias)).reshape([-1]);
  }

  private entryOf(of: (piece: Piece) => Tensor2D, batch: BatchTensors): Tensor2D {
    const { tf, layout, shape } = this;
    const parts: Tensor2D[] = [batch.fixed];
    if (layout.frequencies !== undefined) {
      const { rows, columns } = layout.frequencies;
      const turns = batch.positions.mul(2 * Math.PI).expandDims(2);
      const angles = turns.mul(of(layout.frequencies).expandDims(0)).reshape([-1, rows * columns]);
      parts.push(angles.sin() as Tensor2D, angles.cos() as Tensor2D);
    }
    batch.codes.forEach((codes, c) => {
      parts.push(this.product(codes, of(layout.embeddings[c])));
    });
    shape.sequences.forEach((branch, s) => {
      const { kernel, bias } = layout.convolutions[s];
      const positions = positionsOf(branch);
      const byMonth = this.product(batch.windows[s], of(kernel))
        .add(of(bias))
        .relu()
        .reshape([-1, positions, branch.filters]);
      const last = byMonth.slice([0, positions - 1, 0], [-1, 1, -1]).reshape([-1, branch.filters]);
      parts.push(byMonth.mean(1) as Tensor2D, last as Tensor2D);
    });
    const filled = parts.filter(({ shape: [, width] }) => width > 0);
    return filled.length === 1 ? filled[0] : tf.concat(filled, 1);
  }

  /**
   * A matrix product whose gradients transpose first: WebAssembly is ten times as fast without transposition in the
   * product.
   */
  private product(left: Tensor2D, right: Tensor2D): Tensor2D {
    const { tf } = this;
    const multiply = tf.customGrad((...given) => {
      const [a, b] = given as Tensor2D[];
      const save = given[2] as unknown as (tensors: Tensor[]) => void;
      save([a, b]);
      return {
        value: a.matMul(b),
        gradFunc: (slope: Tensor, saved: Tensor[]) => {
          const [left, right] = saved as Tensor2D[];
          return [
            (slope as Tensor2D).matMul(right.transpose()),
            left.transpose<Tensor2D>().matMul(slope as Tensor2D),
          ];
        },
      };
    });
    return multiply(left, right) as Tensor2D;
  }

  private normalised(stream: Tensor2D, gain: Tensor2D, shift: Tensor2D): Tensor2D {
    const centred: Tensor2D = stream.sub(stream.mean(1, true));
    const variance: Tensor2D = centred.square().mean(1, true);
    return centred.mul(variance.add(NORM_EPSILON).rsqrt()).mul(gain).add(shift) as Tensor2D;
  }
}
