import { count, HoldfastError, optionText, type Problem, showValue } from "../../errors.js";
import { shareText, whole } from "../../printing/numbers.js";
import type { CategoricalInput, InputColumn, UnseenCategories } from "../../vectors/vectorizer.js";
import type { Feature, Vectors } from "../../vectors/vectors.js";

/** The share of unseen values beyond which a job stops, where the caller gives none. */
export const MAX_UNSEEN = 0.5;

/** Some rows that were read: how many have a value, by the position of the input, and which categories are unseen. */
export interface ReadRows {
  readonly unseen: readonly UnseenCategories[];
  readonly present: (position: number) => number;
}

/**
 * Stops a job where more than a share of the values of an input are categories that training never saw: codes that are
 * written in another way, say, whose scores would mean nothing.
 * @throws HoldfastError `data.unseen` with all such inputs.
 */
export function refuseUnseen(
  inputs: readonly InputColumn[],
  { unseen, present }: ReadRows,
  maxUnseen: number,
  file: string,
): void {
  const problems = inputs.flatMap((input, position): Problem[] => {
    const found = unseen.find(({ column }) => column === input.name);
    if (input.kind !== "categorical" || found === undefined) return [];
    const values = present(position);
    return found.rows > maxUnseen * values ? [unseenProblem(input, found, values, maxUnseen, file)] : [];
  });
  if (problems.length > 0) throw new HoldfastError(problems);
}

/**
 * The same for the first batch of rows whose scores can't be taken back: only inputs without a single known value stop the job,
 * because later batches may hold more of them.
 * @throws HoldfastError `data.unseen` with all such inputs.
 */
export function refuseAllUnseen(
  inputs: readonly InputColumn[],
  unseen: readonly UnseenCategories[],
  { features }: Vectors,
  maxUnseen: number,
  file: string,
): void {
  const present = (position: number) => presentIn(features[position]);
  const isAll = ({ column, rows }: UnseenCategories) =>
    rows === present(inputs.findIndex(({ name }) => name === column));
  refuseUnseen(inputs, { unseen: unseen.filter(isAll), present }, maxUnseen, file);
}

function presentIn(feature: Feature): number {
  if (feature.kind === "numeric") return feature.values.length;
  return feature.codes.reduce((present, code) => present + (code < 0 ? 0 : 1), 0);
}

function unseenProblem(
  input: CategoricalInput,
  { rows, examples }: UnseenCategories,
  values: number,
  maxUnseen: number,
  file: string,
): Problem {
  const [has, others] = rows === 1 ? ["has", "another"] : ["have", "others"];
  const all = values === 1 ? "the only row" : `all ${count(values, "row")}`;
  const which =
    rows === values
      ? `${all} with a value ${has} ${others}`
      : `${whole(rows)} of ${count(values, "row")} with a value ${has} ${others}, more than ${shareText(maxUnseen)}`;
  const known = shown([...input.levels, ...input.rareLevels]);
  return {
    code: "data.unseen",
    path: { file, column: input.name },
    expected: `must have categories that the model was trained with (${known}): ${which}`,
    received: examples,
    hint: `write them as in training; ${optionText("maxUnseen", 1)} scores all of them as other`,
  };
}

/** Without backticks, which mark options in messages. */
function shown(categories: readonly string[]): string {
  return showValue(categories).replaceAll("`", "\\u0060");
}
