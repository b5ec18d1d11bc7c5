import { rolldown } from "rolldown";

/** Bundles modules of TypeScript into files that Node and its worker threads run, by name, into a folder. */
export async function bundleInto(folder: string, modules: Readonly<Record<string, string>>): Promise<void> {
  const build = await rolldown({ input: { ...modules }, platform: "node", external: /^node:/u });
  await build.write({
    dir: folder,
    format: "esm",
    entryFileNames: "[name].mjs",
    chunkFileNames: "[name].mjs",
  });
  await build.close();
}
