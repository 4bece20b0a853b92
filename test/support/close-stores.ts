import { afterAll } from "vitest";
import { closeStores } from "./stores.ts";

// Runs for every test file, also where files share their modules.
afterAll(closeStores);
