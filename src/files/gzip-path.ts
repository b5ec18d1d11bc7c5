/** Whether a path names a gzip file: it ends in `.gz`, in any case. */
export function isGzipPath(path: string): boolean {
  return path.toLowerCase().endsWith(".gz");
}
