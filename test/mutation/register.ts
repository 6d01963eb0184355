import { register } from "node:module";

import { MutationSwitch } from "./switch.ts";

globalThis.mutation = new MutationSwitch();
register(new URL("loader.js", import.meta.url));
