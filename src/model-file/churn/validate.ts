import { calibratorNamed, calibratorNames } from "../../calibration/calibrators.js";
import { unfitClassifier } from "../../classifiers/file-form.js";
import { type Misplaced, misplacedIn, parseWithin, unfit } from "../../file-form.js";
import type { Extensions } from "../extensions.js";
import type { Validated } from "../model-kind.js";
import type { ModelContent } from "./content.js";
import { checkReferences } from "./references.js";
import { churnModelSchema } from "./schema.js";

/** The content of a churn model's file, or all problems in it. */
export async function validateChurnModel(
  value: unknown,
  extensions: Extensions,
): Promise<Validated<ModelContent>> {
  const { families = [] } = extensions;
  const result = parseWithin(churnModelSchema, value);
  const { classifier, calibrator, training } = fieldsOf(value);
  const problems = [
    ...misplacedIn(result, ""),
    ...(await unfitClassifier(classifier, "classifier", families)),
    ...(await unfitCalibrator(calibrator, extensions)),
    ...unknownMethods(training, extensions),
  ];
  if (!result.success || problems.length > 0) return { problems };
  // Optional fields of the schema may be undefined where the type says absent; JSON knows no difference. Metrics are
  // those of the list that the type derives from.
  const content = result.data as unknown as ModelContent;
  const misplaced = await checkReferences(content, extensions);
  return misplaced.length > 0 ? { problems: misplaced } : { content };
}

async function unfitCalibrator(json: unknown, { calibrators = [] }: Extensions): Promise<Misplaced[]> {
  const { method } = fieldsOf(json);
  const known = calibratorNamed(String(method), calibrators);
  if (known !== undefined) return unfit((await known.file()).schema, json, "calibrator");
  const hint = "pass your own calibrator to loading: `calibrators: [myCalibrator]`";
  const expected = `must be one of ${calibratorNames(calibrators).join(", ")}, not ${shown(method)} (${hint})`;
  return [{ at: "calibrator.method", expected }];
}

/** Unknown calibrators that the report of training names. */
function unknownMethods(training: unknown, { calibrators = [] }: Extensions): Misplaced[] {
  const { calibration } = fieldsOf(training);
  const { method, candidates } = fieldsOf(calibration);
  const known = calibratorNames(calibrators);
  const named = [
    { at: "method", method },
    ...(Array.isArray(candidates) ? candidates : []).map((candidate: unknown, c) => ({
      at: `candidates.${c}.method`,
      method: fieldsOf(candidate).method,
    })),
  ];
  return named.flatMap((each) =>
    typeof each.method !== "string" || known.includes(each.method)
      ? []
      : [{ at: `training.calibration.${each.at}`, expected: `must be one of ${known.join(", ")}` }],
  );
}

/** The fields of an object, none of anything else. */
function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function shown(value: unknown): string {
  return value === undefined ? "nothing" : (JSON.stringify(value) ?? String(value)).slice(0, 80);
}
