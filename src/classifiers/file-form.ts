import { type Misplaced, type Report, unfit } from "../file-form.js";
import type { InputColumn } from "../vectors/vectorizer.js";
import type { ClassifierJson } from "./classifier.js";
import { AVERAGE } from "./ensemble/weighted-average.js";
import { FAMILY_NAMES, familyNamed, isAverage } from "./families.js";
import type { ClassifierFamily } from "./family.js";

/** An ensemble of shifted averages of fold models: no model nests deeper, which bounds the depth of a file. */
const MOST_AVERAGES = 3;

/**
 * All wrong types and ranges of a classifier in a model file.
 * @param own families of the caller; any other family that is not of this package is refused by its name.
 */
export async function unfitClassifier(
  json: unknown,
  at: string,
  own: readonly ClassifierFamily[],
  depth = 0,
): Promise<Misplaced[]> {
  const family = typeof json === "object" && json !== null && "family" in json ? json.family : undefined;
  if (family === AVERAGE) {
    if (depth === MOST_AVERAGES) return [{ at, expected: `must not lie within ${MOST_AVERAGES} averages` }];
    const { averageForm } = await import("./ensemble/file-form.js");
    const misplaced = unfit(averageForm.schema, json, at);
    const { members } = json as { readonly members?: unknown };
    if (!Array.isArray(members)) return misplaced;
    const ofMembers = members.map((member, m) =>
      unfitClassifier(member, `${at}.members.${m}`, own, depth + 1),
    );
    return [...misplaced, ...(await Promise.all(ofMembers)).flat()];
  }
  const known = familyNamed(String(family), own);
  if (known !== undefined) return unfit((await known.file()).schema, json, at);
  const names = [...FAMILY_NAMES, ...own.map(({ name }) => name), AVERAGE];
  const hint = "pass your own family to loading: `families: [myFamily]`";
  return [
    { at: `${at}.family`, expected: `must be one of ${names.join(", ")}, not ${shown(family)} (${hint})` },
  ];
}

/**
 * Checks of a classifier that types can't express: lengths, indices, trees without cycles.
 * @param json without anything that {@link unfitClassifier} finds.
 * @param features that the classifier reads.
 */
export async function checkClassifier(
  json: ClassifierJson,
  features: readonly InputColumn[],
  at: string,
  report: Report,
  own: readonly ClassifierFamily[],
): Promise<void> {
  if (!isAverage(json)) {
    (await familyNamed(json.family, own)?.file())?.check?.(json, at, report, features);
    return;
  }
  const { averageForm } = await import("./ensemble/file-form.js");
  averageForm.check?.(json, at, report);
  for (const [m, member] of json.members.entries())
    await checkClassifier(member, features, `${at}.members.${m}`, report, own);
}

function shown(family: unknown): string {
  return family === undefined ? "nothing" : (JSON.stringify(family) ?? String(family)).slice(0, 80);
}
