import { isPod } from "../../api/objects.ts";
import { failed, type Failure, isFailure } from "./failure.ts";
import type { Invocation } from "./invocation.ts";
import { mappingFor } from "./mapping.ts";
import { connect } from "./pods.ts";

interface FileSpec {
  readonly pod: string;
  readonly namespace: string;
  readonly file: string;
}

/** kubectl/pkg/cmd/cp/cp.go */
export function copy(call: Invocation): Failure | undefined {
  const [from, to, more] = call.args;
  if (from === undefined || to === undefined || more !== undefined) {
    return failed("source and destination are required");
  }
  const [source, target] = [fileSpec(from), fileSpec(to)];
  if (isFailure(source)) return source;
  if (isFailure(target)) return target;
  if (source.pod !== "" && target.pod !== "") {
    return failed("one of src or dest must be a local file specification");
  }
  if (source.file === "" || target.file === "") return failed("filepath can not be empty");
  if (source.pod === "" && target.pod === "") {
    return failed("one of src or dest must be a remote file specification");
  }
  if (source.pod === "" && call.around.file(source.file) === undefined) {
    return failed(`${source.file} doesn't exist in local filesystem`);
  }
  const { pod, namespace } = source.pod === "" ? target : source;
  const pods = mappingFor("pods");
  if (isFailure(pods)) return pods;
  const object = call.get(pods, namespace || call.namespace, pod);
  if (isFailure(object)) return object;
  return isPod(object) ? connect(call, object, "exec") : undefined;
}

function fileSpec(text: string): FileSpec | Failure {
  const at = text.indexOf(":");
  const none = failed("filespec must match the canonical format: [[namespace/]pod:]file/path");
  if (at < 0) return { pod: "", namespace: "", file: text };
  if (at === 0) return none;
  const [one = "", two, more] = text.slice(0, at).split("/");
  if (more !== undefined) return none;
  const file = text.slice(at + 1);
  return two === undefined ? { pod: one, namespace: "", file } : { pod: two, namespace: one, file };
}
