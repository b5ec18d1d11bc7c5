import type { RowVector, Vectors } from "../../vectors/vectors.js";
import type { ClassifierJson, FittedClassifier } from "../classifier.js";
import { marginsByBlock } from "../margins.js";
import { type EncodedRows, emptyRows, encodeRow } from "./encoding.js";
import { ForwardPass } from "./forward.js";
import type { NetworkShape } from "./shape.js";
import { weightsFromText, weightsToText } from "./weights-text.js";

/** The file form of a neural network: its shape, and the weights of every member as base64 of 32-bit floats, low byte first. */
export interface NeuralJson extends ClassifierJson {
  readonly family: "neural";
  readonly shape: NetworkShape;
  readonly members: readonly string[];
}

/** Trained networks of one shape, whose margins are averaged. Needs no TensorFlow. */
export class FittedNeural implements FittedClassifier {
  private readonly pass: ForwardPass;
  private readonly row: EncodedRows;
  private readonly members: readonly Float32Array[];

  constructor(private readonly json: NeuralJson) {
    this.pass = new ForwardPass(json.shape);
    this.row = emptyRows(json.shape, 1);
    this.members = json.members.map((text) => weightsFromText(text) ?? new Float32Array(0));
  }

  static of(shape: NetworkShape, members: readonly Float32Array[]): FittedNeural {
    return new FittedNeural({ family: "neural", shape, members: members.map(weightsToText) });
  }

  margin(vectors: Vectors): Float64Array {
    return marginsByBlock(vectors, (rows, from) => this.marginAt(rows, from));
  }

  marginOf(row: RowVector): number {
    return this.marginAt(row, 0);
  }

  toJSON(): NeuralJson {
    return this.json;
  }

  private marginAt(rows: RowVector, from: number): number {
    encodeRow(this.json.shape, rows, from, this.row, 0);
    let sum = 0;
    for (const weights of this.members) sum += this.pass.marginOf(weights, this.row, 0);
    return sum / this.members.length;
  }
}
