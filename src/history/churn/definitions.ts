import type { ChurnSpec } from "./churn-definition.js";
import { disconnectedSpec, involuntarySpec, voluntarySpec } from "./disconnected.js";
import { inactiveSpec } from "./inactive.js";
import { noPurchaseSpec } from "./no-purchase.js";
import { partialChurnSpec } from "./partial-churn.js";
import { serviceChurnSpec } from "./service-churn.js";

/** The churn definitions with a name. A new one is a file and a line here; `--churn` and its help derive from this list. */
export const CHURN_SPECS: readonly ChurnSpec[] = [
  disconnectedSpec,
  voluntarySpec,
  involuntarySpec,
  inactiveSpec,
  partialChurnSpec,
  serviceChurnSpec,
  noPurchaseSpec,
];
