import { Command } from "commander";
import { packageVersion } from "../version.js";
import { compareCommand } from "./compare-command.js";
import { demoCommand } from "./demo-command.js";
import { evaluateCommand } from "./evaluate-command.js";
import { inspectCommand } from "./inspect-command.js";
import { metricsCommand } from "./metrics-command.js";
import { scoreCommand } from "./score-command.js";
import { serveCommand } from "./serve-command.js";
import { simulateCommand } from "./simulate-command.js";
import { snapshotsCommand } from "./snapshots-command.js";
import { trainCommand } from "./train-command.js";
import { tuneCommand } from "./tune-command.js";

const EXAMPLES = `
Examples:
  holdfast demo
  holdfast snapshots history --at 2025-01..2025-06 --out snapshots.parquet
  holdfast train telco.csv --label Churn --id customerID --out telco.model.json
  holdfast score telco.model.json telco.csv --out scores.csv
  holdfast serve telco.model.json --port 8080

Exit codes: 0 ok, 2 wrong usage, 3 bad input data, 4 bad model file, 130 interrupted, 1 anything else.
"holdfast help train" and so on show all options.`;

/** The command line. Throws instead of ending the process. */
export function createProgram(): Command {
  const program = new Command("holdfast")
    .description(
      "Churn prediction: subscriber history to calibrated churn risk, risk tiers and honest evaluation.",
    )
    .version(packageVersion())
    .addHelpText("after", EXAMPLES);
  for (const command of [
    snapshotsCommand(),
    trainCommand(),
    tuneCommand(),
    evaluateCommand(),
    compareCommand(),
    metricsCommand(),
    scoreCommand(),
    serveCommand(),
    inspectCommand(),
    demoCommand(),
    simulateCommand(),
  ]) {
    program.addCommand(command);
  }
  for (const command of [program, ...program.commands]) {
    command
      .exitOverride()
      .showHelpAfterError(
        `(holdfast ${command === program ? "" : `${command.name()} `}--help shows all options)`,
      );
  }
  return program;
}
