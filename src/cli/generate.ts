import { dirname, join } from "node:path";

import { act, commandLine } from "./arguments.ts";
import { chartFiles, nounOf } from "./chart-files.ts";
import type { ExitCode } from "./shell.ts";
import { writeCharts } from "./write-charts.ts";

/** `kubechart generate <chart.yaml…>`: writes `<noun>.chart.ts` beside each chart, or into `--out`. */
export async function main(args: readonly string[]): Promise<ExitCode> {
  const command = commandLine("generate")
    .argument("<chart.yaml...>", "charts, or folders of charts")
    .option("--out <folder>", "where to write, if not beside each chart");
  return act(command, args, () => {
    const { out } = command.opts<{ out?: string }>();
    const targets = chartFiles(command.args).map((chart) => {
      return { chart, target: join(out ?? dirname(chart), `${nounOf(chart)}.chart.ts`) };
    });
    return writeCharts(targets, "kubechart generate") ? 0 : 1;
  });
}
