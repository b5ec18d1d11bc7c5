import type { ChurnModel } from "../predict/churn-model.js";
import type { NeededColumn } from "../rows/row-source.js";

/** The columns that scoring with a model reads. */
export function neededColumns(model: ChurnModel): NeededColumn[] {
  return Object.entries(model.columnKinds).map(([name, kind]): NeededColumn => {
    const input = model.inputs.find((each) => each.name === name);
    if (input !== undefined) return { name, kind, why: `the model was trained with this ${kind} column` };
    const isId = name === model.id;
    return {
      name,
      kind,
      why: isId ? "it is the id the model was trained with" : "it is the value of a subscriber to the model",
    };
  });
}
