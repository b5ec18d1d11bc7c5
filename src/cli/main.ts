#!/usr/bin/env node
import { CommanderError } from "commander";
import { exitCodeOf, HoldfastError } from "../errors.js";
import { endWithoutReader } from "./lost-reader.js";
import { messageFor } from "./options/option-words.js";
import { createProgram, withCurrentNames } from "./program.js";
import { asFileProblem } from "./system-errors.js";

// A reader that closes early (`holdfast inspect … | head`) is no error, unless a command says otherwise; a full disk is an
// error of the data.
process.stdout.on("error", ({ code, message }: NodeJS.ErrnoException) => {
  if (code === "EPIPE") endWithoutReader();
  const isFull = code === "ENOSPC" || code === "EDQUOT";
  console.error(`holdfast: standard output: ${isFull ? "must fit, the disk is full" : message}`);
  process.exit(isFull ? 3 : 1);
});

const args = process.argv.slice(2);
// The command, or `help` and the command.
const names = args.filter((arg) => !arg.startsWith("-")).slice(0, 2);
const program = await createProgram(names);
try {
  await program.parseAsync(args[0] === "-V" ? ["--version"] : withCurrentNames(args), { from: "user" });
} catch (thrown) {
  if (thrown instanceof CommanderError) {
    // Commander has printed its message; help and version end with 0.
    process.exitCode = thrown.exitCode === 0 ? 0 : 2;
  } else {
    const error = asFileProblem(thrown) ?? thrown;
    const command = program.commands.find((each) => each.name() === names[0]);
    console.error(error instanceof HoldfastError ? messageFor(command, error) : error);
    process.exitCode = exitCodeOf(error);
  }
}
