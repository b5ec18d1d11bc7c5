import type { CalibratorForm } from "../calibration/calibrator.js";
import type { ClassifierFamily } from "../classifiers/family.js";

/** What a caller adds to the lists of this package, so that models made with it can be read. */
export interface Extensions {
  /** Families of classifiers of your own. Default: none. */
  readonly families?: readonly ClassifierFamily[] | undefined;
  /** Calibrators of your own. Default: none. */
  readonly calibrators?: readonly CalibratorForm[] | undefined;
}
