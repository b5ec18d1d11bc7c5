import { Command, Option } from "commander";
import { whole } from "../../printing/numbers.js";
import { textTable } from "../../report/text-table.js";
import {
  OPERATOR_FORMATS,
  type OperatorFormat,
  type WrittenTable,
  writeOperator,
} from "../../simulator/output/write-operator.js";
import { wholeNumber } from "../options/arguments.js";
import { watchWork } from "../progress-display.js";

interface Options {
  out: string;
  subscribers: number;
  months: number;
  seed: number;
  start: string;
  format: OperatorFormat;
  truth: boolean;
}

const EXAMPLES = `
Examples:
  holdfast simulate --out operator
  holdfast simulate --subscribers 100000 --months 24 --seed 7 --out operator
  holdfast simulate --format csv --no-truth --out operator

The folder then holds subscribers, tariffs, usage, billing, payments, memberships, services and events, one file each;
its folder "truth" holds the true hazards and the true effects of the retention offers, for comparison only.`;

export function simulateCommand(): Command {
  return new Command("simulate")
    .requiredOption("--out <folder>", "where to write the files; created if missing")
    .option(
      "--subscribers <n>",
      "number of subscribers over the whole history",
      wholeNumber("--subscribers"),
      2000,
    )
    .option("--months <n>", "months of history", wholeNumber("--months"), 18)
    .option("--seed <n>", "seed of all randomness", wholeNumber("--seed"), 1)
    .option("--start <date>", "first day of the first month", "2024-08-01")
    .addOption(
      new Option("--format <which>", "format of the files")
        .choices(OPERATOR_FORMATS)
        .default(OPERATOR_FORMATS[0]),
    )
    .option("--no-truth", "leave out the folder with the true hazards")
    .addHelpText("after", EXAMPLES)
    .action(simulate);
}

async function simulate({ out, ...options }: Options): Promise<void> {
  const work = watchWork();
  try {
    const { onProgress, signal } = work;
    const written = await writeOperator(out, { ...options, onProgress, signal });
    work.stop();
    console.log(writtenText(written));
  } finally {
    work.stop();
  }
}

function writtenText(written: readonly WrittenTable[]): string {
  return textTable(
    ["file", "rows", "kB"],
    written.map(({ path, rowCount, bytes }) => [path, whole(rowCount), whole(Math.ceil(bytes / 1000))]),
  );
}
