import { Command } from "commander";
import { packageVersion } from "../version.js";
import { HELP } from "./help.js";

const EXAMPLES = `
Examples:
  holdfast demo
  holdfast describe telco.csv --label Churn
  holdfast snapshots history --at 2025-01..2025-06 --out snapshots.parquet
  holdfast analyze history --out analysis.html
  holdfast train telco.csv --label Churn --id customerID --out telco.model.json
  holdfast report telco.model.json march.csv --out march.html
  holdfast explain telco.model.json telco.csv --id 7590-VHVEG
  holdfast score telco.model.json telco.csv --out scores.csv
  holdfast run nightly.json
  holdfast serve telco.model.json --port 8080

Exit codes: 0 ok, 2 wrong usage, 3 bad input data, 4 bad model file, 75 another job is at work there, 130 interrupted,
1 anything else.
"holdfast train --help" shows all options of a command.`;

interface CommandEntry {
  readonly name: string;
  readonly description: string;
  /** Loads the command with its options; until then only its name and description are known. */
  load(): Promise<Command>;
}

/** The commands, in the order of the help. A new one is its file and an entry here. */
const COMMANDS: readonly CommandEntry[] = [
  {
    name: "describe",
    description:
      "say what a file holds: its columns, what they say about churn, what is odd, and what to do next",
    load: async () => (await import("./commands/describe.js")).describeCommand(),
  },
  {
    name: "snapshots",
    description:
      "turn subscriber history into one row per subscriber and cutoff: features known before it, and the label",
    load: async () => (await import("./commands/snapshots.js")).snapshotsCommand(),
  },
  {
    name: "daily",
    description:
      "count joins, leaves, base and payments of each region and day, in a file that a new day extends, and what stands out",
    load: async () => (await import("./commands/daily.js")).dailyCommand(),
  },
  {
    name: "analyze",
    description:
      "the operator's month: who left by tenure, tariff, ARPU, group and region, what changed, whom to call on Monday",
    load: async () => (await import("./commands/analyze.js")).analyzeCommand(),
  },
  {
    name: "train",
    description: "train, calibrate, evaluate and save a churn model",
    load: async () => (await import("./commands/train.js")).trainCommand(),
  },
  {
    name: "backtest",
    description: "train month after month on what was known then, and measure what it would have predicted",
    load: async () => (await import("./commands/backtest.js")).backtestCommand(),
  },
  {
    name: "tune",
    description: "search good options for each family, measure what they gain, train and save the model",
    load: async () => (await import("./commands/tune.js")).tuneCommand(),
  },
  {
    name: "evaluate",
    description: "measure a model on labelled rows that it was not trained on, overall and by segment",
    load: async () => (await import("./commands/evaluate.js")).evaluateCommand(),
  },
  {
    name: "report",
    description: "one page for managers, auditors and analysts: how good, what it earns, why, what changed",
    load: async () => (await import("./commands/report.js")).reportCommand(),
  },
  {
    name: "compare",
    description: "compare two models on labelled rows that neither was trained on",
    load: async () => (await import("./commands/compare.js")).compareCommand(),
  },
  {
    name: "metrics",
    description: "measure churn probabilities of any model against the observed labels",
    load: async () => (await import("./commands/metrics.js")).metricsCommand(),
  },
  {
    name: "explain",
    description: "say why a subscriber has its risk: reasons, what each column adds, what would change it",
    load: async () => (await import("./commands/explain.js")).explainCommand(),
  },
  {
    name: "score",
    description: "write the id, probability and risk tier of every row",
    load: async () => (await import("./commands/score.js")).scoreCommand(),
  },
  {
    name: "run",
    description: "run a nightly job from one file: snapshots, scores, tiers, summary, exactly once a day",
    load: async () => (await import("./commands/run.js")).runCommand(),
  },
  {
    name: "serve",
    description: "answer prediction requests over HTTP",
    load: async () => (await import("./commands/serve.js")).serveCommand(),
  },
  {
    name: "inspect",
    description: "show what a model file holds: the columns it reads, how it was trained, its metrics",
    load: async () => (await import("./commands/inspect.js")).inspectCommand(),
  },
  {
    name: "datasets",
    description:
      "list public data sets of churn and uplift: which are at hand, where they come from, what to mind",
    load: async () => (await import("./commands/datasets.js")).datasetsCommand(),
  },
  {
    name: "demo",
    description:
      "run everything on a simulated operator: raw history, snapshots, training, evaluation, tiers, scores",
    load: async () => (await import("./commands/demo.js")).demoCommand(),
  },
  {
    name: "simulate",
    description: "write the history of a simulated operator with known true hazards",
    load: async () => (await import("./commands/simulate.js")).simulateCommand(),
  },
];

/** Options of earlier versions whose new names are not similar enough to be suggested. */
const RENAMED: Readonly<Record<string, string>> = {
  "--memory": "--memory-limit",
  "--features": "--describe-features",
};

/** Options of earlier versions that scripts use (queries of Hive and Spark, units of services) and that are still accepted. */
const EARLIER: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  train: { "--kind": "--columns" },
  tune: { "--kind": "--columns" },
  score: { "--columns": "--names" },
  serve: { "--timeout": "--request-timeout" },
};

/** The arguments of a command, with options of earlier versions by the names that they have now. */
export function withCurrentNames(args: readonly string[]): string[] {
  const names = EARLIER[args.find((arg) => !arg.startsWith("-")) ?? ""] ?? {};
  return args.map((arg) => {
    const [flag] = arg.split("=", 1);
    return Object.hasOwn(names, flag) ? names[flag] + arg.slice(flag.length) : arg;
  });
}

/**
 * The command line. Throws instead of ending the process.
 * @param names the commands to load; the others have neither options nor an action. Default: all.
 */
export async function createProgram(names?: readonly string[]): Promise<Command> {
  const program = new Command("holdfast")
    .description(
      "Churn prediction: subscriber history to calibrated churn risk, risk tiers and honest evaluation.",
    )
    .version(packageVersion(), "-v, --version", "print the version (also -V)")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .configureHelp(HELP)
    .exitOverride()
    .addHelpText("after", EXAMPLES);
  for (const { name, description, load } of COMMANDS) {
    const isLoaded = names?.includes(name) ?? true;
    const command = isLoaded ? await load() : new Command(name);
    program.addCommand(command.description(description).copyInheritedSettings(program));
    if (isLoaded) (await import("./options/column-options.js")).composeNames(command);
    checkRequiredLast(command);
  }
  for (const command of [program, ...program.commands]) {
    const title = command === program ? "holdfast" : `holdfast ${command.name()}`;
    command.showHelpAfterError(`(${title} --help shows all options)`).configureOutput({
      outputError: (text, write) => write(withNewName(text, command).replace(/^error: /, `${title}: `)),
    });
  }
  return program;
}

/** Checks required options after unknown ones: the mistake in `--lable Churn` is its spelling, not that `--label` is missing. */
function checkRequiredLast(command: Command): void {
  const required = command.options.filter(({ mandatory }) => mandatory);
  for (const option of required) option.makeOptionMandatory(false);
  command.hook("preAction", () => {
    const missing = required.find((option) => command.getOptionValue(option.attributeName()) === undefined);
    if (missing !== undefined) command.error(`error: required option '${missing.flags}' is missing`);
  });
}

/** The message about an unknown option, with the name that the option has now. */
function withNewName(text: string, { options }: Command): string {
  const [message, flag] = /^error: unknown option '(--[a-z-]+)(?:=.*)?'/s.exec(text) ?? [];
  const name = flag === undefined ? undefined : RENAMED[flag];
  if (message === undefined || !options.some(({ long }) => long === name)) return text;
  return `${message}\n(Did you mean ${name}?)\n`;
}
