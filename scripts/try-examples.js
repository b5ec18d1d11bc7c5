// Installs a packed tarball into a copy of each example, as a user does, and runs it: `node scripts/try-examples.js TARBALL`.
// Fails where one of them does. It needs the package registry, for what the package itself depends on.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const EXAMPLES = fileURLToPath(new URL("../examples/", import.meta.url));

const tarball = process.argv[2];
if (tarball === undefined || !existsSync(tarball)) {
  console.error("node scripts/try-examples.js TARBALL: the file that npm pack wrote");
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), "holdfast-examples-"));
try {
  const names = readdirSync(EXAMPLES, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [entry.name] : [],
  );
  for (const name of names) {
    const cwd = join(folder, name);
    cpSync(join(EXAMPLES, name), cwd, {
      recursive: true,
      filter: (path) => !path.endsWith("node_modules"),
    });
    const { scripts } = JSON.parse(readFileSync(join(cwd, "package.json"), "utf8"));
    // A service runs until it is stopped: its smoke script starts it, asks it and stops it.
    const script = scripts.smoke === undefined ? "start" : "smoke";
    console.log(`\n-- ${name}: npm install ${tarball}, npm run ${script}`);
    const started = performance.now();
    const npm = (...args) => execFileSync("npm", args, { cwd, stdio: ["ignore", "inherit", "inherit"] });
    npm("install", "--silent", "--no-audit", "--no-fund", resolve(tarball));
    const installed = performance.now();
    npm("run", "--silent", script);
    const [install, run] = [installed - started, performance.now() - installed].map((ms) =>
      (ms / 1000).toFixed(1),
    );
    console.log(`-- ${name}: installed in ${install} s, ran in ${run} s`);
  }
  console.log(`\nall ${names.length} examples ran`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
