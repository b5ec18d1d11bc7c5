import { invalidArgument } from "../errors.js";
import { betaCalibration } from "./beta.js";
import type { Calibrator, CalibratorForm, CalibratorJson, FittedCalibrator } from "./calibrator.js";
import { crossVennAbersCalibrator } from "./cross-venn-abers.js";
import { isotonic } from "./isotonic.js";
import { mixtureCalibrator } from "./mixture.js";
import { platt } from "./platt.js";
import { temperature } from "./temperature.js";
import { vennAbersCalibrator } from "./venn-abers.js";

/** The calibrators that training offers. A new one is its file and a line here; everything else derives from it. */
export const CALIBRATORS = [
  temperature(),
  platt(),
  betaCalibration(),
  isotonic(),
  vennAbersCalibrator,
] as const satisfies readonly Calibrator[];

/** Calibrators that result from others and are only read from model files. */
const COMBINED = [mixtureCalibrator, crossVennAbersCalibrator] as const satisfies readonly CalibratorForm[];

/** How margins are calibrated, by name; `"auto"` chooses. */
export type CalibrationMethod = "auto" | (typeof CALIBRATORS)[number]["name"];

/** The names by which `trainChurnModel` knows calibrators. */
export const CALIBRATION_METHODS: readonly CalibrationMethod[] = [
  "auto",
  ...CALIBRATORS.map(({ name }) => name),
];

/** The calibrator of a file form's method, of this package or of the caller; undefined where there is none. */
export function calibratorNamed(
  name: string,
  own: readonly CalibratorForm[] = [],
): CalibratorForm | undefined {
  return [...CALIBRATORS, ...COMBINED, ...own].find((calibrator) => calibrator.name === name);
}

/** The methods that a model file may name. */
export function calibratorNames(own: readonly CalibratorForm[] = []): string[] {
  return [...CALIBRATORS, ...COMBINED, ...own].map(({ name }) => name);
}

/**
 * A calibrator from its file form, which must have been checked.
 * @param own calibrators of the caller.
 * @throws HoldfastError for a method that is neither of this package nor of the caller.
 */
export function calibratorFromJson(
  json: CalibratorJson,
  own: readonly CalibratorForm[] = [],
): FittedCalibrator {
  const calibrator = calibratorNamed(json.method, own);
  if (calibrator !== undefined) return calibrator.fromJson(json);
  const expected = `must be one of ${calibratorNames(own).join(", ")}`;
  return invalidArgument("calibratorFromJson", "method", expected, json.method);
}
