import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll } from "vitest";
import { ROOT } from "../package/entry-points.js";
import { temporaryFolder } from "./temporary-folder.js";

/** A folder as a user has it after `npm install holdfast`: the package that was built, its data sets, Node's types. */
export function packageUserFolder() {
  const folder = temporaryFolder();
  beforeAll(() => {
    mkdirSync(join(folder.path, "node_modules"));
    symlinkSync(ROOT, join(folder.path, "node_modules", "holdfast"));
    symlinkSync(join(ROOT, "node_modules", "@types"), join(folder.path, "node_modules", "@types"));
    symlinkSync(join(ROOT, "datasets"), join(folder.path, "datasets"));
    writeFileSync(join(folder.path, "package.json"), '{ "type": "module" }');
  });
  return folder;
}
