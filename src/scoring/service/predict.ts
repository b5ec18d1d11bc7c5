import { count, HoldfastError, type Problem, Problems } from "../../errors.js";
import type { Reason } from "../../explain/explanation.js";
import type { LocaleName } from "../../explain/reasons/locales.js";
import type { ChurnModel } from "../../predict/churn-model.js";
import { LOCALE_NAMES, MOST_REASONS } from "../../predict/explaining/explain-options.js";
import type { Prediction, PredictOptions } from "../../predict/prediction.js";
import type { Row } from "../../predict/row-reader.js";
import type { PredictionDetails } from "../../vectors/prediction-details.js";
import type { PredictResponse, ServicePrediction } from "./api/contract.js";
import { ServiceError } from "./failures.js";
import type { Answered, ModelShelf, ServedModel } from "./models.js";

/** Predictions, and whether the request was for one row. */
export interface AnsweredPredict extends Answered {
  readonly isOne: boolean;
  readonly showsDetails: boolean;
  /** The reasons that many rows are still to get, which takes long. */
  readonly reasonsLeft?: PredictOptions | undefined;
}

const KEYS = ["model", "intervals", "details", "reasons", "locale", "row", "rows"];

/**
 * Answers a body of `POST /v1/predict`. The checks are written by hand, and do not use the schema that they follow,
 * because a service spends its time here; the model itself reads the rows, and lists the problems of all of them.
 * @throws HoldfastError with all problems. @throws ServiceError for an unknown model, and for too many rows.
 */
export function predictionsOf(body: unknown, shelf: ModelShelf, maxRows: number): AnsweredPredict {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    const hint = Array.isArray(body) ? 'put the rows into {"rows": […]}' : 'send {"row": {…}} as JSON';
    throw new HoldfastError({ ...problem("body", "must be an object with row or rows", undefined), hint });
  }
  const { model: name, intervals, details, reasons, locale, row, rows } = body as Record<string, unknown>;
  const keys = Object.keys(body);
  // Most requests end here.
  if (keys.length === 1 && isRow(row)) return answerOne(shelf.findOrFail(), row as Row, DETAILS, true);
  const problems = new Problems();
  if (keys.length > 0 && !keys.some((key) => KEYS.includes(key))) {
    const expected = "must hold row or rows, and not columns themselves";
    throw new HoldfastError({ ...problem("body", expected, undefined), hint: 'put them into {"row": {…}}' });
  }
  for (const key of keys) {
    if (!KEYS.includes(key))
      problems.add(problem(key, `must be left out, a request has ${KEYS.join(", ")}`, undefined));
  }
  if (name !== undefined && typeof name !== "string") problems.add(problem("model", "must be a name", name));
  for (const [key, value] of [
    ["intervals", intervals],
    ["details", details],
  ] as const) {
    if (value !== undefined && typeof value !== "boolean")
      problems.add(problem(key, "must be true or false", value));
  }
  addReasonProblems(problems, reasons, locale);
  if ((row === undefined) === (rows === undefined)) {
    problems.add(problem("row", "must be given, or rows, and not both", undefined));
  }
  if (row !== undefined && !isRow(row)) problems.add(problem("row", "must be an object of columns", row));
  if (rows !== undefined && !Array.isArray(rows))
    problems.add(problem("rows", "must be an array of rows", rows));
  if (Array.isArray(rows)) {
    if (rows.length > maxRows) {
      throw new ServiceError(
        413,
        "request.too-large",
        `a request may have ${count(maxRows, "row")}, this one has ${count(rows.length, "row")}`,
      );
    }
    rows.forEach((each, r) => {
      if (!isRow(each)) problems.add(problem(`rows[${r}]`, "must be an object of columns", each));
    });
  }
  problems.throwIfAny();
  const served = shelf.findOrFail(name as string | undefined);
  // Always with details, which the metrics count; `shownPrediction` leaves them out.
  const options = { intervals: intervals as boolean | undefined, details: true };
  const showsDetails = details !== false;
  const ofReasons =
    reasons === undefined || reasons === 0 ? undefined : reasonOptionsOf(served, reasons, locale);
  if (row !== undefined) return answerOne(served, row as Row, { ...options, ...ofReasons }, showsDetails);
  const asked = rows as Row[];
  return {
    served,
    rows: asked,
    predictions: served.model.predictMany(asked, options),
    options,
    showsDetails,
    isOne: false,
    reasonsLeft: ofReasons,
  };
}

/** The options of reasons. @throws HoldfastError as {@link checkReasonsOf}, before any row is read. */
function reasonOptionsOf({ model }: ServedModel, reasons: unknown, locale: unknown): PredictOptions {
  checkReasonsOf(model);
  return { reasons: reasons as number, locale: locale as LocaleName | undefined };
}

/**
 * Makes sure that a model can give reasons while others wait.
 * @throws HoldfastError `model.unexplained`, and for a model whose reasons are sampled.
 */
export function checkReasonsOf({ explainer }: ChurnModel): void {
  void explainer.ofReasons;
  if (!explainer.isSampled) return;
  const expected =
    "must be left out for this model: its reasons are sampled, which takes up to a second a row";
  const hint = "write them with the scores of a batch";
  throw new HoldfastError({ ...problem("reasons", expected, undefined), hint });
}

function addReasonProblems(problems: Problems, reasons: unknown, locale: unknown): void {
  const isCount =
    Number.isInteger(reasons) && (reasons as number) >= 0 && (reasons as number) <= MOST_REASONS;
  if (reasons !== undefined && !isCount)
    problems.add(problem("reasons", `must be a whole number from 0 to ${MOST_REASONS}`, reasons));
  if (locale !== undefined && !LOCALE_NAMES.some((each) => each === locale))
    problems.add(problem("locale", `must be one of ${LOCALE_NAMES.join(", ")}`, locale));
}

const DETAILS: PredictOptions = { details: true };

function answerOne(
  served: ServedModel,
  row: Row,
  options: PredictOptions,
  showsDetails: boolean,
): AnsweredPredict {
  const predictions = [served.model.predictOne(row, options)];
  return { served, rows: [row], predictions, options, showsDetails, isOne: true };
}

/** The answer to a request. */
export function responseOf({ served, predictions, isOne, showsDetails }: AnsweredPredict): PredictResponse {
  const { name: model, version } = served;
  const shown = predictions.map((each) => shownPrediction(each, showsDetails));
  return isOne ? { model, version, prediction: shown[0] } : { model, version, predictions: shown };
}

/** A prediction as it is answered: with details where they name something, and are not refused. JSON leaves out what is undefined. */
export function shownPrediction(prediction: Prediction, showsDetails: boolean): ServicePrediction {
  const { id, probability, tier, interval, uncertain, value, valueBand, expectedLoss, details } = prediction;
  const { reasons } = prediction;
  const isShown = showsDetails && details !== undefined && namesAny(details);
  return {
    id,
    probability,
    tier,
    interval,
    uncertain,
    value,
    valueBand,
    expectedLoss,
    reasons: reasons?.map(shownReason),
    details: isShown ? details : undefined,
  } satisfies Record<keyof Prediction, unknown> as ServicePrediction;
}

/** As the contract has it, whose lists can be written to. */
function shownReason({ columns, ...reason }: Reason) {
  return { ...reason, columns: [...columns] };
}

function namesAny({ unseen, missing, outOfRange }: PredictionDetails): boolean {
  return unseen.length + missing.length + outOfRange.length > 0;
}

function isRow(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function problem(argument: string, expected: string, received: unknown): Problem {
  return { code: "data.wrong-type", path: { argument: argument.slice(0, 100) }, expected, received };
}
