// node main.mjs node -e "setTimeout(() => process.exit(1), 2000)"
import { supervise } from "./supervise.mjs";

const [command = "sleep", ...args] = process.argv.slice(2);
let before = "";
const onStatus = (status) => {
  if (status !== before) console.log(new Date().toISOString(), (before = status));
};
supervise(command, command === "sleep" && args.length === 0 ? ["3600"] : args, { onStatus });
