// The bundler writes the command line's entry without execute permission, which `npx holdfast` in a checkout needs after every
// build: npm sets it only once, when it links the command.
import { chmodSync } from "node:fs";

chmodSync(new URL("../dist/cli/main.js", import.meta.url), 0o755);
