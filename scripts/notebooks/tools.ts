import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = fileURLToPath(new URL("./", import.meta.url));

/** What executes notebooks: Jupyter with a folder that describes Deno's kernel. */
export interface Tools {
  readonly jupyter: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Installs Deno and Jupyter beside this file where they are not there yet, and describes the kernel to Jupyter. */
export function preparedTools(): Tools {
  const deno = join(HERE, "node_modules/.bin/deno");
  if (!existsSync(deno)) {
    console.log("Installing Deno");
    // Its versions are exact, also those of the platforms' packages.
    run("npm", ["install", "--prefix", HERE, "--no-package-lock", "--no-audit", "--no-fund", "--silent"]);
  }
  const python = join(HERE, "node_modules/.python");
  const jupyter = join(python, "bin/jupyter-nbconvert");
  if (!existsSync(jupyter)) {
    console.log("Installing Jupyter");
    run("python3", ["-m", "venv", python]);
    run(join(python, "bin/pip"), [
      "install",
      "--quiet",
      "--disable-pip-version-check",
      "-r",
      join(HERE, "requirements.txt"),
    ]);
  }
  const kernels = join(HERE, "node_modules/.kernels");
  const kernel = join(kernels, "kernels/deno");
  mkdirSync(kernel, { recursive: true });
  const argv = [deno, "jupyter", "--kernel", "--conn", "{connection_file}"];
  writeFileSync(
    join(kernel, "kernel.json"),
    JSON.stringify({ argv, display_name: "Deno", language: "typescript" }),
  );
  return {
    jupyter,
    environment: {
      ...(process.env as Record<string, string>),
      JUPYTER_PATH: kernels,
      DENO_NO_UPDATE_CHECK: "1",
      NO_COLOR: "1",
      // Outputs are the same everywhere.
      TZ: "UTC",
      LANG: "C.UTF-8",
    },
  };
}

/** @throws Error that says what to install where the command is not there. */
function run(command: string, args: readonly string[]): void {
  try {
    execFileSync(command, args, { stdio: ["ignore", "inherit", "inherit"] });
  } catch (cause) {
    const isAbsent = (cause as NodeJS.ErrnoException).code === "ENOENT";
    const what = isAbsent ? `${command} must be installed` : `${command} ${args.join(" ")} failed`;
    throw new Error(
      `${what} (notebooks need Node, Python 3 with venv, and once the registries of npm and pip)`,
      {
        cause,
      },
    );
  }
}
