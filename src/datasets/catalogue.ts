import type { Dataset } from "./dataset.js";
import { bankChurners } from "./sets/bank-churners.js";
import { bankModelling } from "./sets/bank-modelling.js";
import { bigml } from "./sets/bigml.js";
import { cdnow } from "./sets/cdnow.js";
import { cell2cell } from "./sets/cell2cell.js";
import { criteoUplift } from "./sets/criteo-uplift.js";
import { hillstrom } from "./sets/hillstrom.js";
import { iranianChurn } from "./sets/iranian-churn.js";
import { kddCup2009 } from "./sets/kdd-cup-2009.js";
import { megafon } from "./sets/megafon.js";
import { mlcChurn } from "./sets/mlc-churn.js";
import { simulated } from "./sets/simulated.js";
import { telco } from "./sets/telco.js";

/**
 * All data sets of the catalogue: churn with a label, experiments for uplift, purchases without a contract, and the simulated
 * operator. Of none but the last are rows in this package.
 * @example DATASETS.find(({ name }) => name === "bank-churners")?.traps
 */
export const DATASETS: readonly Dataset[] = [
  telco,
  bigml,
  mlcChurn,
  cell2cell,
  kddCup2009,
  iranianChurn,
  bankChurners,
  bankModelling,
  hillstrom,
  criteoUplift,
  megafon,
  cdnow,
  simulated,
];
