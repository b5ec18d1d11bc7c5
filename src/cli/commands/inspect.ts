import { Command } from "commander";
import { loadModel } from "../../model-kinds.js";
import type { ChurnModel } from "../../predict/churn-model.js";
import { printable } from "../../printing/printable.js";
import { textTable } from "../../printing/text-table.js";
import { NO_PARITY } from "../options/no-parity.js";
import { trainingText } from "../print/training.js";

const EXAMPLES = `
Examples:
  holdfast inspect telco.model.json
  holdfast inspect telco.model.json --json`;

export function inspectCommand(): Command {
  return new Command("inspect")
    .argument("<model>", "a model file that holdfast train saved")
    .option("--json", "print it as JSON")
    .option("--no-parity", NO_PARITY)
    .addHelpText("after", EXAMPLES)
    .action(async (path: string, options: { json?: boolean; parity: boolean }) => {
      const model = await loadModel(path, options);
      const { label, id, inputs, tiers, training } = model;
      if (options.json) console.log(JSON.stringify({ label, id, inputs, tiers, training }, null, 2));
      else console.log(`${trainingText(model)}\n\nColumns it reads\n\n${inputsText(model)}`);
    });
}

/** Categories shown of a column. */
const SHOWN = 6;

function inputsText({ inputs, id }: ChurnModel): string {
  const rows = inputs.map((input) => {
    const missing = input.missingSeen ? "yes" : "no";
    if (input.kind !== "categorical") return [input.name, input.kind, missing, ""];
    const more = input.levels.length - SHOWN;
    const rare = input.rareLevels.length > 0 ? `; ${input.rareLevels.length} rare as other` : "";
    const levels = input.levels.slice(0, SHOWN).join(", ") + (more > 0 ? `, … ${more} more` : "") + rare;
    return [input.name, input.kind, missing, levels];
  });
  const idText = id === null ? "" : `\n\nid column: ${printable(id)}`;
  return textTable(["column", "kind", "missing seen", "categories"], rows) + idText;
}
