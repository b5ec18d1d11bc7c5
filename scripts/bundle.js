// Bundles the package: one file for each entry point, and chunks that entry points share. Node spends more time on
// finding four hundred small modules than on running them (`npm run bench -- import`). Declarations come from tsc.
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const SOURCES = join(ROOT, "src");

/** Entry points that other programs import, smallest first: what two share is in the chunk of the first. */
const DOORS = [
  "predict/index",
  "table/index",
  "tiers/index",
  "calibration/index",
  "metrics/index",
  "simulator/index",
  "history/index",
  "datasets/index",
  "classifiers/index",
  "scoring/service/index",
  "scoring/index",
  "training/index",
  "describe/index",
  "frames/index",
  "index",
  "plots/index",
  "report/index",
  "analytics/index",
  "notebook/index",
];

/** What `loadChurnModel` loads late. Code that it shares with doors may not bring their other code with it. */
const LOADING = ["model-file/load", "model-file/envelope", "model-file/churn/validate", "predict/churn-kind"];

/** Files that worker threads start with. They lie beside the chunks, where `new URL(…, import.meta.url)` looks. */
const WORKERS = [
  "classifiers/explaining/explain-worker",
  "metrics/bootstrap/bootstrap-worker",
  "predict/watching/model-worker",
  "scoring/batch/margin-worker",
  "training/candidates/candidate-worker",
  "training/tuning/tuning-worker",
];

const source = (name) => join(SOURCES, `${name}.ts`);

/**
 * The chunk of each module that some door reaches without `await import`: that of the first door that does. All that
 * such a module imports is in its chunk or an earlier one, so chunks never import each other in a circle.
 */
function chunkOfModules(getModuleInfo) {
  const chunks = new Map();
  const loading = new Set();
  const addLoading = (file) => {
    if (loading.has(file) || !file.startsWith(SOURCES)) return;
    loading.add(file);
    getModuleInfo(file).importedIds.forEach(addLoading);
  };
  for (const name of LOADING) addLoading(source(name));
  for (const door of DOORS) {
    const doorChunk = `${door.replace(/\/?index$/u, "").replaceAll("/", "-") || "main"}-core`;
    const walk = (file) => {
      if (chunks.has(file) || !file.startsWith(SOURCES)) return;
      chunks.set(file, loading.has(file) && door !== DOORS[0] ? "loading-core" : doorChunk);
      getModuleInfo(file).importedIds.forEach(walk);
    };
    getModuleInfo(source(door)).importedIds.forEach(walk);
  }
  return chunks;
}

let chunks;
const build = await rolldown({
  cwd: ROOT,
  input: Object.fromEntries([
    ...[...DOORS, "cli/main"].map((name) => [name, source(name)]),
    ...WORKERS.map((name) => [name.replace(/^.*\//u, ""), source(name)]),
  ]),
  platform: "node",
  external: /^[^./]/u,
  preserveEntrySignatures: "allow-extension",
  tsconfig: join(ROOT, "tsconfig.build.json"),
});
await build.write({
  dir: join(ROOT, "dist"),
  format: "esm",
  sourcemap: true,
  minify: false,
  entryFileNames: "[name].js",
  chunkFileNames: ({ name, facadeModuleId }) =>
    facadeModuleId
      ? `${relative(SOURCES, facadeModuleId).replace(/\.ts$/u, "").replaceAll("/", "-")}.js`
      : `${name}.js`,
  codeSplitting: {
    includeDependenciesRecursively: false,
    groups: [
      {
        debugName: "doors",
        name(file, context) {
          chunks ??= chunkOfModules((each) => context.getModuleInfo(each));
          return chunks.get(file) ?? null;
        },
      },
    ],
  },
});
await build.close();
