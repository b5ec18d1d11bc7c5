import { defineConfig } from "vitest/config";

// Tests of frames against the packages themselves, which have a separate manifest here: `npm run test:interop`.
export default defineConfig({
  test: {
    include: ["test/interop/**/*.test.ts"],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
