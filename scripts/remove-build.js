/** Removes an earlier build: files of modules that have moved would otherwise be packed. */
import { rmSync } from "node:fs";

rmSync(new URL("../dist", import.meta.url), { recursive: true, force: true });
