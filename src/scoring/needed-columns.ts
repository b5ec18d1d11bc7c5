import { argumentProblem, Problems } from "../errors.js";
import type { ChurnModel } from "../predict/churn-model.js";
import type { NeededColumn } from "../rows/row-source.js";
import type { CellFormat } from "../table/grammar/cell-format.js";
import { grammarOf } from "../table/grammar/cell-grammar.js";
import { declaredWith, type ReadingPlan, withComposedNames } from "../table/grammar/column-plan.js";

/** How cells of a source are written, where that differs from training. */
interface ReadingOfSource extends CellFormat {
  readonly columns?: Readonly<Record<string, CellFormat>> | undefined;
}

/**
 * The columns that scoring with a model reads.
 * @throws HoldfastError for options about columns that the model does not read, and for markers of missing values that are
 * categories of the model.
 */
export function neededColumns(model: ChurnModel, read: ReadingOfSource = {}): NeededColumn[] {
  const { columns = {}, ...ofSource } = withComposedNames(read);
  const kinds = model.columnKinds;
  const problems = new Problems();
  for (const name of Object.keys(columns)) {
    if (Object.hasOwn(kinds, name)) continue;
    const argument = `read.columns[${JSON.stringify(name)}]`;
    problems.add(argumentProblem("scoreFile", argument, "must be a column that the model reads", undefined));
  }
  problems.throwIfAny();
  const needed = Object.entries(declaredWith(kinds, ofSource, columns)).map(([name, declared]) =>
    neededColumn(model, name, typeof declared === "string" ? { kind: declared } : declared),
  );
  checkMarkers(model, needed, problems);
  problems.throwIfAny();
  return needed;
}

function neededColumn(
  model: ChurnModel,
  name: string,
  { kind = "text", isFlag, ...reading }: Exclude<NonNullable<ReadingPlan["columns"]>[string], string>,
): NeededColumn {
  const input = model.inputs.find((each) => each.name === name);
  const isPlain = Object.keys(reading).length === 0;
  const read = { name, kind, ...(isPlain ? {} : { reading }), ...(isFlag ? { isFlag } : {}) };
  if (input !== undefined) return { ...read, why: `the model was trained with this ${kind} column` };
  const isId = name === model.id;
  return {
    ...read,
    why: isId ? "it is the id the model was trained with" : "it is the value of a subscriber to the model",
  };
}

/** A marker that is a category of the model would make subscribers of that category ones of whom it is not known. */
function checkMarkers(model: ChurnModel, needed: readonly NeededColumn[], problems: Problems): void {
  for (const input of model.inputs) {
    const reading = needed.find(({ name }) => name === input.name)?.reading;
    if (input.kind !== "categorical" || reading?.missing === undefined) continue;
    const { isMissing } = grammarOf(reading);
    for (const level of [...input.levels, ...input.rareLevels]) {
      if (!isMissing(level)) continue;
      const expected = `must hold no category of the model, ${JSON.stringify(level)} is one of ${input.name}`;
      const hint = "give the markers of the other columns column by column";
      problems.add(argumentProblem("scoreFile", "read.missing", expected, reading.missing, hint));
    }
  }
}
