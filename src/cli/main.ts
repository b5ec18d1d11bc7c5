#!/usr/bin/env node
import { CommanderError } from "commander";
import { HoldfastError } from "../errors.js";
import { exitCodeOf } from "./exit-code.js";
import { createProgram } from "./program.js";

// A reader that closes early (`holdfast inspect … | head`) is no error; a disk that is full is one of the data's.
process.stdout.on("error", ({ code, message }: NodeJS.ErrnoException) => {
  if (code === "EPIPE") process.exit(0);
  const isFull = code === "ENOSPC" || code === "EDQUOT";
  console.error(`holdfast: standard output: ${isFull ? "must fit, the disk is full" : message}`);
  process.exit(isFull ? 3 : 1);
});

try {
  await createProgram().parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // Commander has printed its message; help and version end with 0.
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  } else {
    console.error(error instanceof HoldfastError ? `holdfast: ${error.message}` : error);
    process.exitCode = exitCodeOf(error);
  }
}
