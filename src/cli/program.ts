import { Command } from "commander";
import { packageVersion } from "../version.js";
import { compareCommand } from "./commands/compare.js";
import { demoCommand } from "./commands/demo.js";
import { evaluateCommand } from "./commands/evaluate.js";
import { inspectCommand } from "./commands/inspect.js";
import { metricsCommand } from "./commands/metrics.js";
import { scoreCommand } from "./commands/score.js";
import { serveCommand } from "./commands/serve.js";
import { simulateCommand } from "./commands/simulate.js";
import { snapshotsCommand } from "./commands/snapshots.js";
import { trainCommand } from "./commands/train.js";
import { tuneCommand } from "./commands/tune.js";

const EXAMPLES = `
Examples:
  holdfast demo
  holdfast snapshots history --at 2025-01..2025-06 --out snapshots.parquet
  holdfast train telco.csv --label Churn --id customerID --out telco.model.json
  holdfast score telco.model.json telco.csv --out scores.csv
  holdfast serve telco.model.json --port 8080

Exit codes: 0 ok, 2 wrong usage, 3 bad input data, 4 bad model file, 130 interrupted, 1 anything else.
"holdfast help train" and so on show all options.`;

/** The commands, in the order of the help. A new one is its file and a line here. */
const COMMANDS: readonly (() => Command)[] = [
  snapshotsCommand,
  trainCommand,
  tuneCommand,
  evaluateCommand,
  compareCommand,
  metricsCommand,
  scoreCommand,
  serveCommand,
  inspectCommand,
  demoCommand,
  simulateCommand,
];

/** The command line. Throws instead of ending the process. */
export function createProgram(): Command {
  const program = new Command("holdfast")
    .description(
      "Churn prediction: subscriber history to calibrated churn risk, risk tiers and honest evaluation.",
    )
    .version(packageVersion())
    .addHelpText("after", EXAMPLES);
  for (const create of COMMANDS) program.addCommand(create());
  for (const command of [program, ...program.commands]) {
    command
      .exitOverride()
      .showHelpAfterError(
        `(holdfast ${command === program ? "" : `${command.name()} `}--help shows all options)`,
      );
  }
  return program;
}
