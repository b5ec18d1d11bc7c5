// Adds to package-lock.json the optional packages of other platforms that are missing there. A registry that does not
// carry them makes npm leave them out, and `npm ci` then refuses the lock file. Run by `npm run lock`, for the lock files of
// the folders that are its arguments, default: the root.
import { readFileSync, writeFileSync } from "node:fs";

const SYSTEMS = [
  "android",
  "darwin",
  "win32",
  "freebsd",
  "netbsd",
  "openbsd",
  "openharmony",
  "sunos",
  "aix",
  "linux",
];
const PROCESSORS = [
  "arm64",
  "x64",
  "ia32",
  "ppc64",
  "riscv64",
  "s390x",
  "loong64",
  "mips64el",
  "wasm32",
  "arm",
];

for (const folder of process.argv.length > 2 ? process.argv.slice(2) : ["."]) complete(folder);

function complete(folder) {
  const file = new URL(`../${folder}/package-lock.json`, import.meta.url);
  const lock = JSON.parse(readFileSync(file, "utf8"));

  const missing = Object.values(lock.packages).flatMap(({ optionalDependencies = {}, dev }) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !(`node_modules/${name}` in lock.packages))
      .map(([name, range]) => [`node_modules/${name}`, entryOf(name, range, dev)]),
  );
  const { "": root, ...packages } = lock.packages;
  const sorted = [...Object.entries(packages), ...missing].sort(([a], [b]) => (a < b ? -1 : 1));
  lock.packages = { "": root, ...Object.fromEntries(sorted) };
  writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
}

/** The entry that npm would write, derived from the package's name; without a checksum, which only the registry has. */
function entryOf(name, range, dev) {
  const system = SYSTEMS.find((word) => name.includes(word));
  const processor = PROCESSORS.find((word) => name.includes(word));
  const libc =
    system !== "linux"
      ? undefined
      : name.includes("musl")
        ? "musl"
        : name.includes("gnu")
          ? "glibc"
          : undefined;
  return {
    version: range.replace(/^[\^~]/, ""),
    ...(processor && { cpu: [processor] }),
    ...(dev && { dev }),
    ...(libc && { libc: [libc] }),
    optional: true,
    ...(system && { os: [system] }),
  };
}
