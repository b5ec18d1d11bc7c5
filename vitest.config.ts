import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Of packages that are installed beside these: `npm run test:interop`.
    exclude: ["**/node_modules/**", "test/interop/**"],
    // Files run beside each other on every core: by itself the runner leaves one of two cores idle.
    maxWorkers: "100%",
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
