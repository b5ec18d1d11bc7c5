// Makes `npx holdfast` work inside the checkout, where npm does not link a package's own command: gives the command
// line's entry the right to be run, which tsc does not, and links it beside the commands of the dependencies.
import { chmodSync, existsSync, rmSync, symlinkSync } from "node:fs";

const root = new URL("../", import.meta.url);
const entry = new URL("dist/cli/main.js", root);
const commands = new URL("node_modules/.bin/", root);

chmodSync(entry, 0o755);
if (existsSync(commands) && process.platform !== "win32") {
  const link = new URL("holdfast", commands);
  rmSync(link, { force: true });
  symlinkSync("../../dist/cli/main.js", link);
}
