// Installs the packages of test/interop where they are not installed as its lock file says. Run by `npm run test:interop`.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL("../test/interop/", import.meta.url));
const lock = `${folder}package-lock.json`;
/** What npm writes last. */
const installed = `${folder}node_modules/.package-lock.json`;

if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lock).mtimeMs) {
  const command = ["ci", "--prefix", folder, "--ignore-scripts", "--no-audit", "--no-fund"];
  const { status } = spawnSync("npm", command, { stdio: "inherit", shell: process.platform === "win32" });
  process.exitCode = status ?? 1;
}
