// Compiles the kernels in src/kernel/assembly to WebAssembly and writes each as a module that holds its bytes in
// base64, so that loading one needs no path, no fetch and no bundler setting. Every kernel comes twice: for memory
// shared between threads, and for Node or bundles where there is none.
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const KERNELS = ["training", "scoring", "explaining", "delimited"];
const LARGEST_PAGES = "65536";
const kernelFolder = fileURLToPath(new URL("../src/kernel/", import.meta.url));
const generated = `${kernelFolder}generated/`;

async function compile(name, shared) {
  const wasm = `${generated}${name}.${shared ? "shared" : "plain"}.wasm`;
  const memory = ["--importMemory", "--initialMemory", "1", "--maximumMemory", LARGEST_PAGES];
  const threads = shared ? ["--sharedMemory", "--enable", "threads"] : [];
  const { error, stderr } = await asc.main([
    `${kernelFolder}assembly/${name}.ts`,
    ...["--outFile", wasm],
    ...["-O3", "--noAssert", "--runtime", "stub", "--enable", "simd"],
    ...memory,
    ...threads,
  ]);
  if (error) throw new Error(`${name}: ${error.message}\n${stderr.toString()}`);
  const bytes = await readFile(wasm);
  await rm(wasm);
  return bytes.toString("base64");
}

await mkdir(generated, { recursive: true });
for (const name of KERNELS) {
  const lines = [
    `// Made by scripts/build-kernel.js from src/kernel/assembly/${name}.ts.`,
    `export const shared =\n  "${await compile(name, true)}";`,
    `export const plain =\n  "${await compile(name, false)}";`,
  ];
  await writeFile(`${generated}${name}.ts`, `${lines.join("\n")}\n`);
}
