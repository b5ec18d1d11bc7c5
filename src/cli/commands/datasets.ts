import { Command } from "commander";
import { findDataset } from "../../datasets/find-dataset.js";
import { listDatasets } from "../../datasets/list-datasets.js";
import { loadDataset } from "../../datasets/load-dataset.js";
import { type DatasetPlaces, foldersOf } from "../../datasets/places.js";
import { cardText, listText } from "../print/datasets.js";
import { watchWork } from "../progress-display.js";

interface Options extends DatasetPlaces {
  json?: boolean;
  download?: boolean;
  verify: boolean;
}

const EXAMPLES = `
Examples:
  holdfast datasets
  holdfast datasets telco
  holdfast datasets mlc-churn --download
  holdfast datasets --folder data --json
  holdfast train "$(holdfast datasets telco --json | jq -r .path)" --label Churn --id customerID --out telco.model.json

They are looked for in --folder, then in the folder that the environment variable HOLDFAST_DATASETS names, then in the cache.
Nothing is downloaded without --download.`;

export function datasetsCommand(): Command {
  return new Command("datasets")
    .argument(
      "[name]",
      "a data set, for its whole card: source, licence, schema, traps, where to put the file",
    )
    .option("--folder <folder>", "a folder that is looked in first (default: none)")
    .option(
      "--cache <folder>",
      "the folder that downloads are kept in (default: the user's folder for caches)",
    )
    .option("--download", "download the data set where it is not at hand, and check it")
    .option("--no-verify", "with --download: accept a file with other bytes than those of the catalogue")
    .option("--json", "print it as JSON")
    .addHelpText("after", EXAMPLES)
    .action(async (name: string | undefined, options: Options, command: Command) => {
      if (name === undefined) list(options, command);
      else await card(name, options);
    });
}

function list({ json, download, verify: _, ...places }: Options, command: Command): void {
  if (download) command.error("error: --download needs the name of a data set");
  const datasets = listDatasets(places);
  console.log(json ? JSON.stringify({ datasets }, null, 2) : listText(datasets));
}

async function card(name: string, { json, download, verify, ...places }: Options): Promise<void> {
  const dataset = findDataset("holdfast datasets", name);
  if (download) {
    const { onProgress, signal, stop } = watchWork();
    try {
      await loadDataset(name, { ...places, verify, onProgress, signal });
    } finally {
      stop();
    }
  }
  const path = listDatasets(places).find((each) => each.name === name)?.path ?? null;
  if (json) console.log(JSON.stringify({ ...dataset, path }, null, 2));
  else console.log(cardText(dataset, path, foldersOf(places)));
}
