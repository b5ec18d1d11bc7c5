import { Command, Option } from "commander";
import { whole } from "../../printing/numbers.js";
import { textTable } from "../../printing/text-table.js";
import { OFFER_NAMES, type OfferName } from "../../simulator/market/offers.js";
import { SHOCK_NAMES, SHOCKS, type ShockOptions } from "../../simulator/market/shocks.js";
import {
  OPERATOR_FORMATS,
  type OperatorFormat,
  type WrittenTable,
  writeOperator,
} from "../../simulator/output/write-operator.js";
import { namesOf, share, wholeNumber } from "../options/arguments.js";
import { watchWork } from "../progress-display.js";

interface Options {
  out: string;
  subscribers: number;
  months: number;
  seed: number;
  start: string;
  dealers?: number;
  bulkDealers?: number;
  campaignShare?: number;
  holdOut?: number;
  effect: boolean;
  campaignFrom?: string;
  campaignTo?: string;
  offers?: OfferName[];
  daily: boolean;
  format: OperatorFormat;
  truth: boolean;
}

const EXAMPLES = `
Examples:
  holdfast simulate --out operator
  holdfast simulate --subscribers 100000 --months 24 --seed 7 --out operator
  holdfast simulate --daily --price-war 2025-06-01 --missing-month 2025-03-01 --out operator
  holdfast simulate --campaign-share 5% --hold-out 50% --offers discount,care_call --out operator
  holdfast simulate --format csv --no-truth --out operator

The folder then holds one file per table of the history; its folder "truth" holds what an operator could not know, for
comparison only: why and how likely each subscriber leaves, what each offer would change, which dealers cheat.
docs/simulator.md describes the model and each file.`;

export function simulateCommand(): Command {
  const command = new Command("simulate")
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
    .option("--dealers <n>", "number of dealers (default: 60)", wholeNumber("--dealers"))
    .option("--bulk-dealers <n>", "how many of them cheat (default: a tenth)", wholeNumber("--bulk-dealers"))
    .option("--daily", "also the table activity, one row per subscriber and day of use", false)
    .option(
      "--campaign-share <share>",
      "share of the subscribers that the retention campaign draws each month, 0 for none (default: 3%)",
      share("--campaign-share"),
    )
    .option("--hold-out <share>", "share of those drawn who get no offer (default: 50%)", share("--hold-out"))
    .option("--no-effect", "offers change nothing")
    .option("--campaign-from <date>", "first day of the first month of the campaign")
    .option("--campaign-to <date>", "first day of the first month without it")
    .option("--offers <names>", `offers that are made, of ${OFFER_NAMES.join(", ")}`, namesOf(OFFER_NAMES));
  for (const name of SHOCK_NAMES) command.option(`--${kebabCase(name)} <date>`, SHOCKS[name].about);
  return command
    .addOption(
      new Option("--format <which>", "format of the files")
        .choices(OPERATOR_FORMATS)
        .default(OPERATOR_FORMATS[0]),
    )
    .option("--no-truth", "leave out the folder with the truth")
    .addHelpText("after", EXAMPLES)
    .action(simulate);
}

function kebabCase(name: string): string {
  return name.replace(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`);
}

async function simulate(options: Options & ShockOptions): Promise<void> {
  const { out, campaignShare, holdOut, effect, campaignFrom, campaignTo, offers, ...operator } = options;
  const work = watchWork();
  try {
    const { onProgress, signal } = work;
    const written = await writeOperator(out, {
      ...operator,
      campaign: {
        share: campaignShare,
        holdOut,
        effect: effect ? undefined : false,
        from: campaignFrom,
        to: campaignTo,
        offers,
      },
      shocks: Object.fromEntries(SHOCK_NAMES.map((name) => [name, options[name]])),
      onProgress,
      signal,
    });
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
