import { dirname, join } from "node:path";

import { act, commandLine } from "./arguments.ts";
import { chartFiles, nounOf } from "./chart-files.ts";
import type { CommandText, ExitCode } from "./command.ts";
import { writeCharts } from "./write-charts.ts";

/** `kubechart generate`: writes `<noun>.chart.ts` beside each chart, or into `--out`. */
export async function main(args: readonly string[], text: CommandText): Promise<ExitCode> {
  const command = commandLine(text)
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
