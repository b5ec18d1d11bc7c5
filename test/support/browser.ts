import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";

/** What Debian and others call it. */
const PROGRAMS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Without a sandbox, which root may not have in a container; and without what it asks of hosts in the background. */
const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"];

function browserProgram(): string | undefined {
  return (process.env.PATH ?? "")
    .split(":")
    .flatMap((folder) => PROGRAMS.map((program) => join(folder, program)))
    .find((program) => existsSync(program));
}

/**
 * Starts a browser for one test file, which closes it. Undefined, with a notice on standard error, where none is
 * installed.
 */
export async function startBrowser(): Promise<Browser | undefined> {
  const program = browserProgram();
  if (program === undefined) {
    process.stderr.write("Browser tests skipped: no chromium is installed\n");
    return undefined;
  }
  return await chromium.launch({ executablePath: program, args: ARGUMENTS });
}
