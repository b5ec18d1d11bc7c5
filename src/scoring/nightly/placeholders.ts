import type { Problem } from "../../errors.js";
import { didYouMean } from "../../nearest-name.js";
import { jobProblem } from "./job-problems.js";

/** The values of environment variables, such as `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What the placeholders of a run stand for. */
export interface RunValues {
  /** Such as `2026-02-01`. */
  readonly date: string;
  readonly env: Environment;
}

/** Names in braces; those behind a dollar sign are environment variables. */
const PLACEHOLDER = /(\$?)\{([A-Za-z_][\w-]*)\}/gu;

/** Fills placeholders of the texts of a job file, and collects what is wrong with them. */
export class Placeholders {
  constructor(
    private readonly file: string,
    private readonly values: RunValues,
    private readonly problems: Problem[],
  ) {}

  /** A path or connection, where every placeholder must be known. */
  fill(text: string, at: string): string {
    return text.replace(PLACEHOLDER, (all, dollar: string, name: string) =>
      dollar === "$" ? this.variable(name, at, all) : this.named(name, at, all),
    );
  }

  /** A query, where braces may be SQL: only the day and the month are filled in. */
  fillQuery(text: string): string {
    const days = this.days;
    return text.replace(PLACEHOLDER, (all, dollar: string, name: string) =>
      dollar === "" && Object.hasOwn(days, name) ? days[name] : all,
    );
  }

  private get days(): Readonly<Record<string, string>> {
    const { date } = this.values;
    return { date, month: date.slice(0, 7) };
  }

  private variable(name: string, at: string, all: string): string {
    const value = Object.hasOwn(this.values.env, name) ? this.values.env[name] : undefined;
    if (value !== undefined && value !== "") return value;
    const state = value === "" ? "is empty" : "is not set";
    const hint = didYouMean(
      name,
      Object.keys(this.values.env).filter((each) => each.length > 3),
    );
    this.problems.push(
      jobProblem(this.file, at, `needs the environment variable ${name}, which ${state}`, undefined, hint),
    );
    return all;
  }

  private named(name: string, at: string, all: string): string {
    const { days } = this;
    if (Object.hasOwn(days, name)) return days[name];
    const names = Object.keys(days);
    const known = names.map((each) => `{${each}}`).join(" and ");
    const hint = Object.hasOwn(this.values.env, name)
      ? `an environment variable is written \${${name}}`
      : didYouMean(name, names);
    const expected = `must hold known placeholders only: ${known}, and \${NAME} for an environment variable`;
    this.problems.push(jobProblem(this.file, at, expected, all, hint));
    return all;
  }
}
