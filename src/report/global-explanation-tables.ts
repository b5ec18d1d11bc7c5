import type {
  Coefficient,
  ContributionBand,
  DependenceCurve,
  ExplainedOddsRatio,
  ExplainedShape,
  FeatureContributions,
  InputImportance,
  LossOfPermutation,
  PairInteraction,
} from "../explain/global/explanation.js";
import { bar } from "../printing/bar.js";
import { decimal, percent, shareText } from "../printing/numbers.js";
import type { TableText } from "../printing/text-table.js";
import { formatDate } from "../table/dates.js";

/** Characters of a bar. */
const WIDE = 16;
const NARROW = 8;

/** @param what `"input"` or `"family"`. */
export function importanceTable(
  what: string,
  importances: readonly InputImportance[],
  level: number,
): TableText {
  const largest = Math.max(...importances.map(({ logLoss }) => logLoss.value));
  const interval = `${shareText(level)} interval`;
  const hasAuc = importances.some(({ rocAuc }) => rocAuc !== null);
  const isChance = ({ logLoss: { low } }: InputImportance) => low !== null && low <= 0;
  const hasChance = importances.some(isChance);
  return {
    head: [
      what,
      "",
      "log loss",
      interval,
      ...(hasAuc ? ["ROC AUC", interval] : []),
      ...(hasChance ? [""] : []),
    ],
    rows: importances.map((each) => {
      const { name, logLoss, rocAuc } = each;
      return [
        name,
        bar(logLoss.value / largest, WIDE),
        signed(logLoss.value),
        intervalText(logLoss),
        ...(hasAuc
          ? [
              rocAuc === null ? "–" : signed(-rocAuc.value),
              rocAuc === null ? "–" : intervalText(mirrored(rocAuc)),
            ]
          : []),
        ...(hasChance ? [isChance(each) ? "not beyond chance" : ""] : []),
      ];
    }),
  };
}

/** A decrease as a difference. */
function mirrored({ value, low, high }: LossOfPermutation): LossOfPermutation {
  return { value: -value, low: high === null ? null : -high, high: low === null ? null : -low };
}

function intervalText({ low, high }: LossOfPermutation): string {
  return low === null || high === null ? "–" : `${signed(low)} to ${signed(high)}`;
}

/** @param what `"feature"` or `"family"`. */
export function contributionsTable(
  what: string,
  features: readonly (Pick<FeatureContributions, "meanAbsolute"> & {
    readonly feature?: string;
    readonly name?: string;
  })[],
): TableText {
  const largest = Math.max(...features.map(({ meanAbsolute }) => meanAbsolute));
  return {
    head: [what, "", "mean"],
    rows: features.map(({ feature, name, meanAbsolute }) => [
      feature ?? name ?? "",
      bar(meanAbsolute / largest, WIDE),
      decimal(meanAbsolute, 3),
    ]),
  };
}

/** Contributions of features where their values are in bands. */
export function bandsTable(features: readonly FeatureContributions[]): TableText {
  return {
    head: ["feature", "value", "rows", "mean", "5%", "median", "95%"],
    rows: features.flatMap(({ feature, kind, bands }) =>
      bands.map((band) => [
        feature,
        bandText(band, kind),
        percent(band.share),
        signed(band.mean, 3),
        ...[band.quantiles.low, band.quantiles.median, band.quantiles.high].map((value) => signed(value, 3)),
      ]),
    ),
  };
}

function bandText({ from, to, level }: ContributionBand, kind: FeatureContributions["kind"]): string {
  if (level !== null || from === null || to === null) return level ?? "";
  return from === to ? valueText(to, kind) : `${valueText(from, kind)} to ${valueText(to, kind)}`;
}

/** One curve, a row a point. */
export function curveTable({ points, kind, noLocalEffects }: DependenceCurve): TableText {
  const heightOf = (density: number | null, share: number) => density ?? (kind === "categorical" ? share : 0);
  const highest = Math.max(...points.map(({ density, share }) => heightOf(density, share)));
  const hasEffects = noLocalEffects === null;
  return {
    head: ["value", "rows", "density", "probability", "", ...(hasEffects ? ["local effect"] : [])],
    rows: points.map(({ value, level, share, density, probability, localProbability }) => [
      level ?? valueText(value ?? 0, kind),
      percent(share),
      bar(heightOf(density, share) / highest, NARROW),
      percent(probability),
      bar(probability, WIDE),
      ...(hasEffects ? [localProbability === null ? "–" : signedPercent(localProbability)] : []),
    ]),
  };
}

export function interactionsTable(pairs: readonly PairInteraction[]): TableText {
  const largest = Math.max(...pairs.map(({ strength }) => strength));
  return {
    head: ["inputs", "", "log-odds", "H"],
    rows: pairs.map(({ inputs, h, strength }) => [
      inputs.join(" × "),
      bar(strength / largest, WIDE),
      decimal(strength, 3),
      decimal(h, 2),
    ]),
  };
}

export function shapesTable(shapes: readonly ExplainedShape[]): TableText {
  const largest = Math.max(...shapes.map(({ importance }) => importance));
  return {
    head: ["input", "", "mean", "least", "greatest"],
    rows: shapes.map(({ feature, importance, rows }) => {
      const effects = rows.map(({ effect }) => effect);
      return [
        feature,
        bar(importance / largest, WIDE),
        decimal(importance, 3),
        signed(Math.min(...effects), 3),
        signed(Math.max(...effects), 3),
      ];
    }),
  };
}

export function coefficientsTable(coefficients: readonly Coefficient[]): TableText {
  return {
    head: ["column", "coefficient", "per unit"],
    rows: coefficients.map(({ column, coefficient, perUnit }) => [
      column,
      signed(coefficient, 3),
      perUnit === null ? "–" : numberText(perUnit),
    ]),
  };
}

export function oddsRatiosTable(ratios: readonly ExplainedOddsRatio[]): TableText {
  return {
    head: ["input", "value", "against", "odds ratio", "95% interval", "p"],
    rows: ratios.map(({ feature, level, reference, oddsRatio, low, high, pValue }) => [
      feature,
      level ?? "per unit",
      reference ?? "",
      oddsRatio === null ? "–" : numberText(oddsRatio),
      low === null || high === null ? "–" : `${numberText(low)}–${numberText(high)}`,
      pValue !== null && pValue < 0.001 ? "<0.001" : decimal(pValue, 3),
    ]),
  };
}

function valueText(value: number, kind: DependenceCurve["kind"]): string {
  return kind === "date" ? formatDate(value) : numberText(value);
}

function numberText(value: number): string {
  return String(Number(value.toPrecision(4)));
}

/** +0.0041 or -0.0012, never -0.0000 */
function signed(value: number, digits = 4): string {
  const text = decimal(value, digits);
  if (Number(text) === 0) return decimal(0, digits);
  return value > 0 ? `+${text}` : text;
}

function signedPercent(share: number): string {
  const text = percent(share);
  if (Number.parseFloat(text) === 0) return percent(0);
  return share > 0 ? `+${text}` : text;
}
