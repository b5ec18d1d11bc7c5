import type { Command, Option } from "commander";
import { HoldfastError, type Problem } from "../../errors.js";
import { shellWord } from "../../printing/shell-word.js";

/**
 * What the library calls an argument, where that is not the camel-case form of the option that sets it: `<command>
 * <argument>`, `<function> <argument>`, or the argument alone for all commands.
 */
const OPTIONS_OF: Readonly<Record<string, string>> = {
  table: "<file>",
  source: "<file>",
  "backtest source": "<source>",
  "backtest table": "<source>",
  "backtest sources": "<source>",
  "snapshots path": "--out",
  "snapshots sources": "<folder>",
  "daily path": "--into",
  "daily sources": "<folder>",
  "daily history": "<folder>",
  "analyze sources": "<folder>",
  "analyze history": "<folder>",
  "train shares": "--learning-curve",
  "evaluate path": "--tiers-out",
  "score output": "--out",
  "score read.format": "--input-format",
  "score input.format": "--input-format",
  // Readers say it of what they read; what is written is `write.format`.
  format: "--input-format",
  "source.format": "--input-format",
  "simulate format": "--format",
  "simulate campaign.share": "--campaign-share",
  "simulate campaign.from": "--campaign-from",
  "simulate campaign.to": "--campaign-to",
  "report campaign.months": "--months",
  "report campaign.lifetimeValue": "--lifetime-value",
  "report campaign.offerCost": "--offer-cost",
  "report campaign.contactCost": "--contact-cost",
  "report campaign.acceptance": "--acceptance",
  "partialChurn measure": "--churn",
  "partialChurn table": "--churn",
  ...ofQueries("source.duckdb", "source.database", "source.postgres", "source.connection"),
};

/** Members of a query, which are options in every command that has a query. */
function ofQueries(...members: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(members.map((member) => [member, `--${member.slice(member.indexOf(".") + 1)}`]));
}

/** Values that the command line writes in another way than `--option value`. Undefined where it cannot. */
const VALUES_OF: Readonly<Record<string, (value: unknown, problem: Problem) => string | undefined>> = {
  "snapshots churn": (value) => (value === false ? "--churn none" : undefined),
  "snapshots columns": inColumnMap,
  "daily columns": inColumnMap,
  "analyze columns": inColumnMap,
  "backtest columns": inColumnMap,
  ...ofJobFile("", "maxUnseen", "maxRejects", "rejects", "capacity", "threads", "reasons"),
  ...ofJobFile(
    "read.",
    "onProblems",
    "absentMonths",
    "memoryLimit",
    "encoding",
    "delimiter",
    "exclude",
    "today",
  ),
  ...ofJobFile("read.", "missing", "decimal", "thousands", "currency", "percent", "dateFormat", "timeZone"),
  // Where no option names the format, the name of a file decides.
  format: (value) => (typeof value === "string" ? `a file whose name ends in .${value}` : undefined),
};

/** What `holdfast run` reads of its job file. */
function ofJobFile(within: string, ...names: readonly string[]): Record<string, (value: unknown) => string> {
  const shown = (name: string) => (value: unknown) =>
    `${JSON.stringify(`${within}${name}`)}: ${JSON.stringify(value)} in the job file`;
  return Object.fromEntries(names.map((name) => [`run ${name}`, shown(name)]));
}

/** Columns of a history have other names in a file; problems with features are about attributes of subscribers. */
function inColumnMap(value: unknown, { path: { argument = "subscribers" } }: Problem): string {
  const table = argument === "features" ? "subscribers" : argument;
  return `--map columns.json, with ${JSON.stringify({ [table]: value })} in it`;
}

/** An option as errors mention it, in backticks: its name and, behind a colon, its value. */
const MENTION = /`([A-Za-z][\w.]*)(?:: ([^`]*))?`/gu;

/**
 * The message of an error in the words of a command: it starts with the command, names options as the command line writes
 * them (`--allow-leaks`, not `allowLeaks`), and leaves out hints about options that the command does not have.
 * @param command the one that ran; undefined before one was chosen.
 */
export function messageFor(command: Command | undefined, error: HoldfastError): string {
  if (command === undefined) return `holdfast: ${error.message}`;
  const problems = error.problems.map((problem) => inWordsOf(command, problem));
  return `holdfast ${command.name()}: ${new HoldfastError(problems, error.problemCount).message}`;
}

/** A problem in the words of a command; the function of the library is left out. */
export function inWordsOf(command: Command, problem: Problem): Problem {
  const { path, hint, expected, ...rest } = problem;
  const { function: functionName, argument, ...place } = path;
  const shownHint = hint === undefined ? undefined : withoutUnknown(hint, "; ", command, problem);
  return {
    ...rest,
    path: {
      ...place,
      ...(argument === undefined ? {} : { argument: argumentFor(command, argument, functionName) }),
    },
    expected: withoutUnknown(expected, undefined, command, problem) ?? expected,
    ...(shownHint === undefined ? {} : { hint: shownHint }),
  };
}

/** `allowLeaks[0]` as `--allow-leaks`, `table` as `<file>`; what the command has no name for stays as it is. */
function argumentFor(command: Command, argument: string, functionName?: string): string {
  const name = argument.replaceAll(/\[\d+\]/gu, "");
  const ofFunction = `${functionName} ${name}`;
  if (Object.hasOwn(OPTIONS_OF, ofFunction)) return OPTIONS_OF[ofFunction];
  const other = entryOf(OPTIONS_OF, command, name);
  if (other !== undefined) return other;
  for (const part of name.split(".")) {
    const option = optionNamed(command, part);
    if (option !== undefined) return option.long ?? argument;
    if (command.registeredArguments.some((each) => each.name() === part)) return `<${part}>`;
  }
  return argument;
}

/**
 * Text whose mentions of options are in the words of the command. Clauses with a mention that the command cannot express
 * are left out: those in parentheses and those between separators. Undefined if nothing remains.
 */
function withoutUnknown(
  text: string,
  separator: string | undefined,
  command: Command,
  problem: Problem,
): string | undefined {
  const rendered = (part: string): string | undefined => {
    let isKnown = true;
    const shown = part.replace(MENTION, (_, name: string, value: string | undefined) => {
      const mention = mentionFor(command, name, value, problem);
      isKnown &&= mention !== undefined;
      return mention ?? "";
    });
    return isKnown ? shown : undefined;
  };
  const clauses = (separator === undefined ? [text] : text.split(separator)).map((clause) =>
    rendered(clause.replace(/ \([^()]*`[^()]*\)/gu, (aside) => rendered(aside) ?? "")),
  );
  const known = clauses.filter((clause) => clause !== undefined);
  return known.length === 0 ? undefined : known.join(separator);
}

/** `resume: true` as `--resume`, `exclude: ["a b"]` as `--exclude 'a b'`; undefined for what the command does not have. */
function mentionFor(
  command: Command,
  name: string,
  json: string | undefined,
  problem: Problem,
): string | undefined {
  const value = json === undefined ? undefined : parsed(json);
  const option = optionFor(command, name);
  if (option === undefined || Object.hasOwn(VALUES_OF, `${command.name()} ${name}`)) {
    return entryOf(VALUES_OF, command, name)?.(value, problem);
  }
  if (json === undefined) return option.long ?? undefined;
  if (typeof value === "boolean") return value === option.negate ? undefined : (option.long ?? undefined);
  const words = valuesOf(value)?.map((each) => `${option.long} ${shellWord(each)}`);
  return words?.join(" ");
}

function optionFor(command: Command, name: string): Option | undefined {
  const long = argumentFor(command, name);
  return command.options.find((option) => option.long === long);
}

function optionNamed(command: Command, name: string): Option | undefined {
  return command.options.find((option) => option.attributeName() === name);
}

function entryOf<Entry>(
  entries: Readonly<Record<string, Entry>>,
  command: Command,
  name: string,
): Entry | undefined {
  const ofCommand = `${command.name()} ${name}`;
  if (Object.hasOwn(entries, ofCommand)) return entries[ofCommand];
  return Object.hasOwn(entries, name) ? entries[name] : undefined;
}

/** Undefined for what is not JSON, such as `[myFamily]`: the command line has no word for it. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** The arguments that an option is repeated with: items of a list, `name=value` of an object. */
function valuesOf(value: unknown): string[] | undefined {
  if (typeof value === "string" || typeof value === "number") return [String(value)];
  if (Array.isArray(value)) return value.map(String);
  if (typeof value !== "object" || value === null) return undefined;
  return Object.entries(value).map(([key, each]) => `${key}=${each}`);
}
