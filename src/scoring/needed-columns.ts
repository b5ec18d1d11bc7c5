import type { ChurnModel } from "../predict/churn-model.js";
import type { NeededColumn } from "../rows/row-source.js";

/** The columns that scoring with a model reads. */
export function neededColumns(model: ChurnModel): NeededColumn[] {
  return Object.entries(model.columnKinds).map(([name, declared]): NeededColumn => {
    const { kind = "text", ...reading } = typeof declared === "string" ? { kind: declared } : declared;
    const read = { name, kind, ...(typeof declared === "string" ? {} : { reading }) };
    const input = model.inputs.find((each) => each.name === name);
    if (input !== undefined) return { ...read, why: `the model was trained with this ${kind} column` };
    const isId = name === model.id;
    return {
      ...read,
      why: isId ? "it is the id the model was trained with" : "it is the value of a subscriber to the model",
    };
  });
}
