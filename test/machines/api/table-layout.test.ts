import { describe, expect, it } from "vitest";

import { printTable, type TableRow } from "../../../machines/api/table-layout.ts";

const columns = { all: ["NAME", "AGE", "NODE"], wide: ["NODE"] };

function rowOf(name: string): TableRow {
  return { cells: { NAME: name, AGE: "5m", NODE: "n" }, metadata: { labels: { b: "2", a: "1" } } };
}

describe("a table", () => {
  it("pads all columns but the last by three", () => {
    const { text } = printTable({ columns, rows: [rowOf("web"), rowOf("a-longer-name")] });
    expect(text).toBe("NAME            AGE\nweb             5m\na-longer-name   5m\n");
  });

  it("prints nothing, not even headers, without rows", () => {
    expect(printTable({ columns, rows: [] }).text).toBe("");
  });

  it("keeps widths and header through a watch", () => {
    const first = printTable({ columns, rows: [rowOf("a-longer-name")] });
    expect(printTable({ columns, rows: [rowOf("web")] }, {}, first).text).toBe(
      "web             5m\n",
    );
  });

  it("adds the columns that flags ask for", () => {
    const options = { wide: true, showLabels: true, withNamespace: true, kindPrefix: "pod" };
    expect(printTable({ columns, rows: [rowOf("web")] }, options).text).toBe(
      "NAMESPACE   NAME      AGE   NODE   LABELS\n            pod/web   5m    n      a=1,b=2\n",
    );
  });

  it("cuts cells at a line break and shows escapes", () => {
    const { text } = printTable({ columns, rows: [rowOf("a\nb"), rowOf("\u001b[31m")] });
    expect(text).toContain("a...");
    expect(text).toContain("^[[31m");
  });
});
