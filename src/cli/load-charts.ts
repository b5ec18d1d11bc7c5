import { HoldfastError } from "../errors.js";

/** The libraries that draw charts, optional dependencies. */
const LIBRARIES = /'(@observablehq\/plot|linkedom)'/u;

/**
 * Loads what draws charts, for a command.
 * @param needer what needs them: the command, and the option if it is one of it.
 * @throws HoldfastError where the libraries that draw charts are not installed.
 */
export async function loadCharts<Loaded>(
  { command, option }: { readonly command: string; readonly option?: string },
  load: () => Promise<Loaded>,
): Promise<Loaded> {
  try {
    return await load();
  } catch (error) {
    const { code, message } = error as Error & { readonly code?: string };
    if (code !== "ERR_MODULE_NOT_FOUND" || !LIBRARIES.test(message)) throw error;
    const why = option === undefined ? "" : ` for ${option}`;
    throw new HoldfastError({
      code: "dependency.missing",
      path: { function: command },
      expected: `needs @observablehq/plot and linkedom${why}, which npm installs unless told to omit optional dependencies`,
      received: undefined,
      hint: "npm install @observablehq/plot linkedom",
    });
  }
}
