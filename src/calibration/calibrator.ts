/** A way to turn margins into probabilities: what `platt()` and `isotonic()` return. */
export interface Calibrator<Json extends CalibratorJson> {
  readonly name: Json["method"];
  /** Learns from margins of rows that the classifier did not see. `labels`: 1 = churned. */
  fit(margins: Float64Array, labels: Uint8Array): FittedCalibrator<Json>;
}

/** A fitted calibrator: plain data, a rising function from margin to probability. */
export interface FittedCalibrator<Json extends CalibratorJson = CalibratorJson> {
  probabilityOf(margin: number): number;
  toJSON(): Json;
}

/** The file form of a calibrator; `method` names the reader. */
export type CalibratorJson = PlattJson | IsotonicJson | MixtureJson;

/** `probability = 1 / (1 + exp(−(intercept + slope · margin)))`. */
export interface PlattJson {
  readonly method: "platt";
  readonly slope: number;
  readonly intercept: number;
}

/** Straight lines between points that rise in both directions; constant outside. */
export interface IsotonicJson {
  readonly method: "isotonic";
  readonly margins: readonly number[];
  readonly probabilities: readonly number[];
}

/** `(1 − isotonicWeight) · platt + isotonicWeight · isotonic`, a mixture of the two probabilities. */
export interface MixtureJson {
  readonly method: "mixture";
  /** In (0, 1). */
  readonly isotonicWeight: number;
  readonly platt: PlattJson;
  readonly isotonic: IsotonicJson;
}
