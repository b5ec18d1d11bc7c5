import type { HelpConfiguration, Option } from "commander";

/** How help shows options: what they do, then what may be chosen and the default, written as on the command line. */
export const HELP: HelpConfiguration = {
  // Arguments and options of a command are in its own help: showing only its name here needs no loading of it.
  subcommandTerm: (command) => command.name(),
  optionDescription(option) {
    const { argChoices, description } = option;
    const text = defaultText(option);
    const notes = [
      ...(argChoices === undefined ? [] : [`one of ${argChoices.join(", ")}`]),
      ...(text === undefined ? [] : [`default: ${text}`]),
    ];
    return notes.length === 0 ? description : `${description} (${notes.join("; ")})`;
  },
};

/** Options without a value, such as `--json`, need no default: they are off. */
function defaultText({
  required,
  optional,
  defaultValue,
  defaultValueDescription,
}: Option): string | undefined {
  if (!required && !optional) return undefined;
  if (defaultValueDescription !== undefined) return defaultValueDescription;
  return defaultValue === undefined ? undefined : [defaultValue].flat().join(",");
}
