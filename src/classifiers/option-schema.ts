import { checkOptions } from "../arguments.js";
import { invalidArgument } from "../errors.js";

/** A problem of the value of an option. */
export interface Flaw {
  /** The place within the value, after the option's name: `["tenure"]`. */
  readonly at?: string;
  readonly received: unknown;
  /** What to do about it. */
  readonly hint?: string;
}

/** The default of an option, and its rule. */
export interface OptionRule<Value> {
  readonly default: Value;
  /** What it must be, as a clause: `"must be a whole number from 2 to 255"`. */
  readonly expected: string;
  /** Undefined for a valid value. */
  flaw(value: Value): Flaw | undefined;
}

/** All options of a classifier; one without a rule is a compile error. */
export type OptionSchema<Settings extends object> = {
  readonly [Name in keyof Settings]-?: OptionRule<Settings[Name]>;
};

/** The options with defaults filled in. @throws HoldfastError for unknown ones, and the first that its rule does not allow. */
export function settingsOf<Settings extends object>(
  functionName: string,
  schema: OptionSchema<Settings>,
  options: Partial<Settings>,
): Settings {
  checkOptions(functionName, options, optionalNames(Object.keys(schema)));
  const rules = Object.entries(schema) as [keyof Settings & string, OptionRule<Settings[keyof Settings]>][];
  const defaults = Object.fromEntries(rules.map(([name, rule]) => [name, rule.default]));
  const settings = { ...defaults, ...options } as Settings;
  for (const [name, { expected, flaw }] of rules) {
    const found = flaw(settings[name]);
    if (found === undefined) continue;
    const argument = name + (found.at ?? "");
    invalidArgument(functionName, argument, expected, found.received, found.hint ?? hintOf(name, found));
  }
  return settings;
}

/** A number as a text is written without quotes; none in the place of a limit is left out. */
function hintOf(name: string, { received }: Flaw): string | undefined {
  if (received === null || received === -1) return `leave ${name} out for its default`;
  const isNumber =
    typeof received === "string" && received.trim() !== "" && Number.isFinite(Number(received));
  return isNumber ? `write ${name}: ${Number(received)}` : undefined;
}

function optionalNames(names: readonly string[]): Record<string, "optional"> {
  return Object.fromEntries(names.map((name) => [name, "optional"]));
}

/** A rule for the value as a whole. */
export function rule<Value>(
  value: NoInfer<Value>,
  expected: string,
  isFine: (value: Value) => boolean,
): OptionRule<Value> {
  return {
    default: value,
    expected,
    flaw: (given) => (isFine(given) ? undefined : { received: given }),
  };
}

/** A whole number of a range. */
export function whole(value: number, least: number, most = Number.POSITIVE_INFINITY): OptionRule<number> {
  const expected =
    most === Number.POSITIVE_INFINITY
      ? `must be a whole number ≥ ${least}`
      : `must be a whole number from ${shown(least)} to ${shown(most)}`;
  return rule(value, expected, (given) => Number.isInteger(given) && given >= least && given <= most);
}

/** A whole number from 1 up, or infinity, which is the default. */
export const wholeOrUnlimited: OptionRule<number> = rule(
  Number.POSITIVE_INFINITY,
  "must be a whole number ≥ 1",
  (given) => given === Number.POSITIVE_INFINITY || (Number.isInteger(given) && given >= 1),
);

/** A share above 0. */
export function share(value: number): OptionRule<number> {
  return rule(
    value,
    "must be above 0 and at most 1",
    (given) => typeof given === "number" && given > 0 && given <= 1,
  );
}

/** False by default. */
export const trueOrFalse: OptionRule<boolean> = rule(
  false,
  "must be true or false",
  (given) => typeof given === "boolean",
);

export function notNegative(value: number): OptionRule<number> {
  return rule(value, "must be a finite number ≥ 0", (given) => Number.isFinite(given) && given >= 0);
}

/** One of some words, of which the first is the default. */
export function oneOf<Word extends string>(...words: readonly [Word, ...Word[]]): OptionRule<Word> {
  const quoted = words.map((word) => `"${word}"`);
  const expected = `must be ${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1)}`;
  return rule(words[0], expected, (given) => words.includes(given));
}

/** Signs by feature, none by default. */
export const monotoneSigns: OptionRule<Readonly<Record<string, 1 | -1>>> = {
  default: {},
  expected: "must be 1 or -1",
  flaw: (signs) => {
    if (typeof signs !== "object" || signs === null || Array.isArray(signs)) {
      return { received: signs, hint: "write { tenure: -1 } with a feature's name and 1 or -1" };
    }
    const wrong = Object.entries(signs).find(([, sign]) => sign !== 1 && sign !== -1);
    return wrong && { at: `[${JSON.stringify(wrong[0])}]`, received: wrong[1] };
  },
};

/** Groups of features by name, none by default. */
export const featureGroups: OptionRule<readonly (readonly string[])[]> = rule(
  [],
  "must be lists of names of features",
  (groups) =>
    Array.isArray(groups) &&
    groups.every((group) => Array.isArray(group) && group.every((name) => typeof name === "string")),
);

/** With commas between thousands. `toLocaleString` takes 14 ms by its first call, which would be that of the import. */
function shown(whole: number): string {
  return String(whole).replace(/\B(?=(?:\d{3})+$)/gu, ",");
}
