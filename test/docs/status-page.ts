import type { ObservedFile } from "../coverage/observed.ts";
import { code, generatedBy, page, table } from "./markdown.ts";
import { statuses, statusForm } from "./statuses.ts";

/** docs/statuses.md: the words of the column STATUS. */
export function statusPage({ shown }: ObservedFile): string {
  const rows = statuses.map(({ text, causes, look, out }) => {
    const found = Object.entries(shown).find(([one]) => statusForm(one) === text);
    const place = found === undefined ? "" : `\`${found[1].system}\` \`${found[1].path}\``;
    return [code(text), causes, look, out, place];
  });
  return page(
    generatedBy("npm run docs"),
    "# What can STATUS show, and what then?",
    "`kubectl get pods` shows one word of each pod. It is no field of the API: it is the phase, or the pod's reason, or the reason of the first container that has one, or what is true of a deleted pod. *Path* is a life of the shipped systems in which a pod shows it: `kubechart paths <system>` tells it whole.",
    table(["STATUS", "because", "look at", "get out", "path"], rows),
    "Behind `Init:` any reason of a container can stand. A container that ended without a reason shows `ExitCode:N` or `Signal:N`, an init container `Init:ExitCode:N` or `Init:Signal:N`. `OutOf…` ends with the name of any resource.",
    "[The life of a pod](the-life-of-a-pod.md) tells how they follow each other, [misconceptions](misconceptions.md) what they do not mean.",
  );
}
