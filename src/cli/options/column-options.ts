import type { Command } from "commander";
import { columnName } from "../../table/column-name.js";

/** Makes a command take names of columns as tables have them, composed, whichever form they are typed in. */
export function composeNames(command: Command): void {
  for (const option of command.options) {
    if (!/[<[]column/.test(option.flags)) continue;
    const { parseArg: parse } = option;
    option.argParser((text: string, before: unknown) => {
      const name = columnName(text);
      return parse === undefined ? name : parse(name, before);
    });
  }
}
