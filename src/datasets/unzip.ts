import { inflateRawSync } from "node:zlib";

// The zip format of PKWARE's APPNOTE, as far as archives of data sets use it: no encryption, no parts, no Zip64.

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
/** The longest comment that may follow the end of the directory, and the end itself. */
const LONGEST_END = 0xffff + 22;
const STORED = 0;
const DEFLATED = 8;

/**
 * The bytes of one file of a zip archive.
 * @throws Error that says what is wrong with the archive, or which files it holds where it does not have that one.
 */
export function unzipped(archive: Buffer, name: string): Buffer {
  const end = endOfDirectory(archive);
  const names: string[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let entry = archive.readUInt16LE(end + 10); entry > 0; entry--) {
    if (archive.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new Error("its directory is broken");
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((field) =>
      archive.readUInt16LE(at + field),
    );
    const found = archive.toString("utf8", at + 46, at + 46 + nameBytes);
    if (found === name) return content(archive, at);
    names.push(found);
    at += 46 + nameBytes + extraBytes + commentBytes;
  }
  throw new Error(`it holds ${names.join(", ") || "nothing"}, and no ${name}`);
}

function endOfDirectory(archive: Buffer): number {
  for (let at = archive.length - 22; at >= Math.max(0, archive.length - LONGEST_END); at--) {
    if (archive.readUInt32LE(at) === END_OF_DIRECTORY) return at;
  }
  throw new Error("it is no zip archive, or is not complete");
}

function content(archive: Buffer, entry: number): Buffer {
  const method = archive.readUInt16LE(entry + 10);
  const [packed, size, header] = [20, 24, 42].map((field) => archive.readUInt32LE(entry + field));
  const from = header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
  const bytes = archive.subarray(from, from + packed);
  if (method !== STORED && method !== DEFLATED) throw new Error(`it is packed by method ${method}`);
  const unpacked = method === STORED ? bytes : inflateRawSync(bytes, { maxOutputLength: Math.max(size, 1) });
  if (unpacked.length !== size) throw new Error(`it unpacks to ${unpacked.length} bytes instead of ${size}`);
  return unpacked;
}
