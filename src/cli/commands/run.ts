import { Command } from "commander";
import { invalidArgument } from "../../errors.js";
import type { JobDay } from "../../scoring/nightly/job-file.js";
import { planJob, runJob } from "../../scoring/nightly/run-job.js";
import { watchWork } from "../progress-display.js";

interface Options {
  date?: string;
  again?: boolean;
  check?: boolean;
  schema?: boolean;
  quiet?: boolean;
  json?: boolean;
}

const EXAMPLES = `
A job file says what is scored, by which model, into which list; its paths are relative to its folder. The smallest one:
  { "format": "holdfast-job", "formatVersion": 1,
    "model": "churn.model.json", "history": "exports/history", "output": "lists/{date}.csv" }

Examples:
  holdfast run nightly.json --check
  holdfast run nightly.json
  holdfast run nightly.json --date 2026-02-01
  holdfast run nightly.json --again --quiet
  holdfast run --schema > job.schema.json

A day is done once: a second run writes nothing. A run that was stopped or killed is continued by running it again.
Exit codes: 0 done, or already done; 2 wrong job file; 3 bad data; 4 bad model; 75 another run is at work; 130 stopped by a
signal; 1 anything else.`;

export function runCommand(): Command {
  return new Command("run")
    .argument("[job]", "a job file")
    .option("--date <day>", "the day of the run, such as 2026-02-01 (default: the present day)")
    .option("--check", "only check the job and say what it would do")
    .option("--again", "run the day again, although it was done")
    .option("--quiet", "do not print the summary, nor progress")
    .option("--schema", "print the JSON Schema of job files")
    .option("--json", "print the summary as JSON")
    .addHelpText("after", EXAMPLES)
    .action(run);
}

async function run(path: string | undefined, options: Options): Promise<void> {
  const { date, again, check, schema, quiet, json } = options;
  if (schema === true) {
    const { schemaText } = await import("../../scoring/nightly/job-schema.js");
    process.stdout.write(schemaText());
    return;
  }
  if (path === undefined) invalidArgument("holdfast run", "job", "must be given", undefined);
  const day: JobDay = { date, env: process.env };
  const show = (result: object) =>
    console.log(json === true ? JSON.stringify(result, null, 2) : String(result));
  if (check === true) {
    const plan = await planJob(path, day);
    if (quiet !== true) show(plan);
    return;
  }
  const work = watchWork();
  try {
    const { onProgress, signal } = work;
    const summary = await runJob(path, { ...day, again, signal, ...(quiet === true ? {} : { onProgress }) });
    work.stop();
    if (quiet !== true) show(summary);
  } finally {
    work.stop();
  }
}
