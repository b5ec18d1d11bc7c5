import { type FileHandle, open } from "node:fs/promises";
import { DelimitedWriter } from "../../formats/delimited/writer.js";
import { tableText } from "../../formats/text/table-text.js";
import type { LongWork } from "../../progress.js";
import type { TableFiles } from "./table-files.js";

/** CSV files, UTF-8 with one header line, written piece by piece. */
export async function openCsvFiles(paths: readonly string[], { signal }: LongWork): Promise<TableFiles> {
  const files: FileHandle[] = [];
  for (const path of paths) files.push(await open(path, "w"));
  let hasHeader = false;
  return {
    async append(pieces) {
      for (const [i, piece] of pieces.entries()) {
        let isHeader = true;
        const writer = new DelimitedWriter(
          piece.columns.map(({ name }) => name),
          ",",
        );
        for await (const text of tableText(piece, writer, { signal })) {
          if (!isHeader || !hasHeader) await files[i].write(text);
          isHeader = false;
        }
      }
      hasHeader = true;
    },
    finish: async () => {},
    close: async () => {
      for (const file of files) await file.close();
    },
  };
}
