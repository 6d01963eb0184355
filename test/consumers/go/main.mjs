// Runs path suites as Go tests, where Go is: with a subject that is right, and one that is wrong.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const command = fileURLToPath(new URL("../../../dist/cli/main.js", import.meta.url));
const module = mkdtempSync(join(tmpdir(), "kubechart-go-"));
const env = { ...process.env, GOFLAGS: "", GOPROXY: "off", GOTOOLCHAIN: "local", GOWORK: "off" };
const call = (name, ...args) => spawnSync(name, args, { cwd: module, encoding: "utf8", env });

/** A status function that reads objects alone; `reason` is where it looks for a failed pull. */
const subject = (name, reason) => `package ${name}

import (
	"encoding/json"
	"fmt"
	"testing"
)

type pod struct {
	Kind     string
	Metadata struct{ Name, Namespace string }
	Status   struct {
		Reason            string
		ContainerStatuses []struct {
			State struct{ Waiting *struct{ Reason string } }
		}
	}
}

func newSubject(t *testing.T) func(Step) error {
	return func(step Step) error {
		for _, raw := range step.Objects {
			var one pod
			if err := json.Unmarshal(raw, &one); err != nil {
				return err
			}
			if one.Kind != "Pod" {
				continue
			}
			told := ""
			if len(one.Status.ContainerStatuses) > 0 {
				if waiting := one.Status.ContainerStatuses[0].State.Waiting; waiting != nil {
					told = ${reason}
				}
			}
			expected := step.Status["default/"+one.Metadata.Name]
			if expected == "ErrImagePull" && told != expected {
				return fmt.Errorf("expected %q, got %q", expected, told)
			}
		}
		return nil
	}
}
`;

/** What it printed; it must end as it is said to. */
function expectEnd(succeeds, name, ...args) {
  const { status, stdout, stderr } = call(name, ...args);
  if ((status === 0) === succeeds) return stdout;
  throw new Error(`${name} ${args.join(" ")} exited ${status}\n${stdout}${stderr}`);
}

function main() {
  writeFileSync(join(module, "go.mod"), "module example.test/suites\n\ngo 1.21\n");
  const beside = join(module, "beside");
  expectEnd(true, process.execPath, command, "paths", "image-pull", "-o", "go", "--out", beside);
  mkdirSync(join(module, "paths"));
  const embedded = expectEnd(true, process.execPath, command, "paths", "image-pull", "-o", "go");
  writeFileSync(join(module, "paths/image-pull_test.go"), embedded);
  for (const folder of ["beside", "paths"]) {
    const file = join(module, folder, "subject_test.go");
    writeFileSync(file, subject(folder, "waiting.Reason"));
    const unformatted = expectEnd(true, "gofmt", "-l", folder);
    if (unformatted !== "") throw new Error(`gofmt would change ${unformatted}`);
    expectEnd(true, "go", "vet", `./${folder}`);
    const told = expectEnd(true, "go", "test", "-v", `./${folder}`);
    if (!/--- PASS: TestImagePullPaths\/[0-9a-f]{12}_Pending/.test(told)) throw new Error(told);
    writeFileSync(file, subject(folder, "one.Status.Reason"));
    const failed = expectEnd(false, "go", "test", `./${folder}`);
    if (!/expected "ErrImagePull", got ""\n.*[0-9a-f]{12}, step \d+ of \d+, at 1s: /.test(failed)) {
      throw new Error(failed);
    }
    const [, moves = ""] = /replay: kubechart replay image-pull --moves '(.*)'/.exec(failed) ?? [];
    const again = expectEnd(true, process.execPath, command, "replay", "image-pull", "--moves", moves);
    if (!/ErrImagePull\n.*\n$/.test(again)) throw new Error(again);
  }
  console.log("suites are formatted, vetted and run by Go, and find a subject that is wrong");
}

try {
  if (call("go", "version").error === undefined) main();
  else console.log("skipped: there is no go on this machine");
} finally {
  rmSync(module, { recursive: true, force: true });
}
