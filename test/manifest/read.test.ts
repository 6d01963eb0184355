import { describe, expect, it } from "vitest";

import { type Manifests, readManifests } from "../../src/manifest/read.ts";
import { formatIssue } from "../../src/yaml/issue.ts";

function read(...texts: readonly string[]): Manifests {
  return readManifests(texts.map((text, index) => ({ file: `${"ab"[index]}.yaml`, text })));
}

function linesOf(...texts: readonly string[]): readonly string[] {
  return read(...texts).issues.map(formatIssue);
}

function pod(spec: string, name = "web"): string {
  return `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name} }\nspec:\n${spec}\n`;
}

const one = "  containers: [{ name: app, image: nginx }]";

describe("readManifests", () => {
  it("reads several documents, lists of objects and JSON", () => {
    const list =
      '{"apiVersion": "v1", "kind": "List", "items": [{"apiVersion": "v1", "kind": "Node", "metadata": {"name": "n1"}}]}';
    const { objects, issues } = read(`${pod(one)}---\n---\n${pod(one, "other")}`, list);
    expect(issues).toEqual([]);
    expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      "Pod web",
      "Pod other",
      "Node n1",
    ]);
  });

  it("reads YAML as kubectl does: octal modes, words for true", () => {
    const volumes = "  volumes: [{ name: c, configMap: { name: c, defaultMode: 0400 } }]";
    const { objects } = read(pod(`${one}\n${volumes}\n  hostNetwork: yes`));
    expect(objects[0]).toMatchObject({
      spec: { hostNetwork: true, volumes: [{ configMap: { defaultMode: 256 } }, {}] },
    });
  });

  it("stores a pod as the API server does", () => {
    const [stored] = read(pod(one)).objects;
    expect(stored).toMatchObject({
      metadata: { namespace: "default", generation: 1 },
      spec: {
        restartPolicy: "Always",
        terminationGracePeriodSeconds: 30,
        dnsPolicy: "ClusterFirst",
        serviceAccountName: "default",
        priority: 0,
        containers: [{ imagePullPolicy: "Always", terminationMessagePolicy: "File" }],
        tolerations: [{ tolerationSeconds: 300 }, { tolerationSeconds: 300 }],
      },
      status: { phase: "Pending", qosClass: "BestEffort" },
    });
  });

  it("lets a rule restart all containers where a kubelet of the cluster knows how", () => {
    const gates = "RestartAllContainersOnContainerExits: true, NodeDeclaredFeatures: true";
    const kubelet =
      "apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n" +
      `featureGates: { ${gates} }\n`;
    const rules =
      "restartPolicyRules: [{ action: RestartAllContainers, exitCodes: { operator: In, values: [1] } }]";
    const text = pod(
      `  initContainers: [{ name: log, image: nginx, restartPolicy: Always, ${rules} }]\n` +
        `  containers: [{ name: app, image: nginx, restartPolicy: Never, ${rules} }]`,
    );
    expect(read(text, kubelet).issues).toEqual([]);
    expect(readManifests([{ file: "b.yaml", text }], read(kubelet).kubelets).issues).toEqual([]);
    expect(read(text).issues.map(({ path, expected }) => `${path}: ${expected}`)).toEqual([
      "spec.initContainers[0].restartPolicyRules: nothing here: restartPolicyRules are not allowed for init containers with restart policy Always",
      'spec.containers[0].restartPolicyRules[0].action: one of "Restart"',
    ]);
  });

  it("gives the same uids and names for the same texts", () => {
    const text = pod(one) + `---\n${pod(one, "other")}`;
    expect(read(text)).toEqual(read(text));
    const uids = read(text).objects.map(({ metadata }) => metadata.uid);
    expect(new Set(uids).size).toBe(2);
    for (const uid of uids)
      expect(uid).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  });

  it("drops what the API server sets itself", () => {
    const text = pod(one).replace("{ name: web }", "{ name: web, uid: x, resourceVersion: '7' }");
    const metadata = read(text).objects[0]?.metadata;
    expect(metadata?.uid).not.toBe("x");
    expect(metadata?.resourceVersion).toBeUndefined();
  });

  it("generates a name behind generateName", () => {
    const text = pod(one).replace("{ name: web }", "{ generateName: web- }");
    expect(read(text).objects[0]?.metadata.name).toMatch(/^web-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
  });

  it("applies nothing when anything is wrong", () => {
    const { objects, kubelets, issues } = read(pod(one), pod("  containers: []", "empty"));
    expect([objects, kubelets]).toEqual([[], []]);
    expect(issues).toHaveLength(1);
  });
});

describe("a mistake in a manifest", () => {
  it.each([
    [
      "an unknown field",
      pod("  containers: [{ name: app, imagee: nginx }]"),
      'a.yaml:5:29: spec.containers[0].imagee: expected a field of Container, got an unknown field; did you mean "image"?',
    ],
    [
      "a number for a text",
      pod("  containers: [{ name: app, image: nginx, env: [{ name: A, value: 1 }] }]"),
      "a.yaml:5:67: spec.containers[0].env[0].value: expected a string, got the number 1, which needs quotes",
    ],
    [
      "a word that YAML 1.1 takes for a boolean",
      "apiVersion: v1\nkind: Node\nmetadata: { name: n }\n",
      "a.yaml:3:19: metadata.name: expected a string, got the boolean false, which needs quotes",
    ],
    [
      "a text for a number",
      pod(`${one}\n  activeDeadlineSeconds: ten`),
      'a.yaml:6:26: spec.activeDeadlineSeconds: expected an integer, got "ten"',
    ],
    [
      "a number that is too large",
      pod(`${one}\n  priority: 3000000000`),
      "a.yaml:6:13: spec.priority: expected an integer of 32 bits, got 3000000000",
    ],
    [
      "a map for a list",
      pod("  containers: { name: app }"),
      "a.yaml:5:15: spec.containers: expected a list of Container, got a map",
    ],
    [
      "no quantity",
      pod("  containers: [{ name: app, image: a, resources: { limits: { cpu: 1x } } }]"),
      'a.yaml:5:67: spec.containers[0].resources.limits.cpu: expected a quantity as "500m" or "128Mi", got "1x": quantities must match the regular expression \'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$\'',
    ],
    [
      "no base64",
      "apiVersion: v1\nkind: Secret\nmetadata: { name: s }\ndata: { a: not base64! }\n",
      "a.yaml:4:12: data.a: expected a base64 text, got illegal base64 data at input byte 3",
    ],
    [
      "an unknown kind",
      "apiVersion: v1\nkind: Pood\n",
      'a.yaml:2:7: kind: expected one of the kinds Pod, Node, ConfigMap, Secret, PersistentVolumeClaim, RuntimeClass, PriorityClass, ReplicaSet, Deployment, Service, KubeletConfiguration, KubeSchedulerConfiguration, Endpoints, ReplicationController, ServiceAccount, ResourceQuota, LimitRange, Event, StatefulSet, DaemonSet, ControllerRevision, Job, CronJob, HorizontalPodAutoscaler, Lease, EndpointSlice, NetworkPolicy, PodDisruptionBudget, Role, RoleBinding, CSIStorageCapacity, Namespace, PersistentVolume, ClusterRole, ClusterRoleBinding, StorageClass, CSIDriver, CSINode, VolumeAttachment, MutatingWebhookConfiguration, ValidatingWebhookConfiguration, CustomResourceDefinition, got "Pood"; did you mean "Pod"? a CustomResourceDefinition or --opaque brings others',
    ],
    [
      "another apiVersion",
      "apiVersion: v2\nkind: Pod\n",
      'a.yaml:1:13: apiVersion: expected "v1" for a Pod, got "v2"',
    ],
    ["no kind", "apiVersion: v1\n", "a.yaml:1:1: kind: expected one of the kinds Pod"],
    ["no object", "- 1\n", "a.yaml:1:1: expected an object with apiVersion and kind, got a list"],
    [
      "a key that comes twice",
      pod(`${one}\n  nodeName: a\n  nodeName: b`),
      'a.yaml:7:3: expected each key once, got a second "nodeName", the first is in line 6',
    ],
    [
      "a value that is required",
      pod("  containers: [{ name: app }]"),
      'a.yaml:5:16: spec.containers[0].image: expected a value, got nothing; Kubernetes says "Required value"',
    ],
    [
      "a word that is not supported",
      pod(`${one}\n  restartPolicy: Allways`),
      'a.yaml:6:18: spec.restartPolicy: expected one of "Always", "OnFailure", "Never", got "Allways"; did you mean "Always"? Kubernetes says "Unsupported value"',
    ],
    [
      "a name that comes twice",
      pod("  containers: [{ name: a, image: i }, { name: a, image: i }]"),
      'a.yaml:5:47: spec.containers[1].name: expected a value of its own, got "a"; Kubernetes says "Duplicate value"',
    ],
    [
      "a volume that is not there",
      pod("  containers: [{ name: a, image: i, volumeMounts: [{ name: d, mountPath: /d }] }]"),
      'a.yaml:5:60: spec.containers[0].volumeMounts[0].name: expected the name of something that is there, got "d"; Kubernetes says "Not found"',
    ],
    [
      "a taint, which Kubernetes places elsewhere",
      "apiVersion: v1\nkind: Node\nmetadata: { name: n1 }\nspec: { taints: [{ key: a, effect: Never }] }\n",
      'a.yaml:4:36: spec.taints[0].effect: expected one of "NoSchedule", "PreferNoSchedule", "NoExecute", got "Never"; Kubernetes says "Unsupported value"',
    ],
    [
      "a PriorityClass that is not there",
      pod(`${one}\n  priorityClassName: high`),
      'a.yaml:6:22: spec.priorityClassName: expected a pod that may be created: no PriorityClass with name high was found, got "high"; Kubernetes says "Forbidden"',
    ],
    [
      "an object of a list",
      `apiVersion: v1\nkind: List\nitems:\n- { apiVersion: v1, kind: Node, metadata: { name: n1 }, sped: {} }\n`,
      'a.yaml:4:57: items[0].sped: expected a field of Node, got an unknown field; did you mean "spec"?',
    ],
  ])("names the place, what belongs there and what is there: %s", (_, text, line) => {
    const [first = "", ...others] = linesOf(text);
    expect(first.slice(0, line.length)).toBe(line);
    expect(others).toEqual([]);
  });

  it("points at the label that is meant", () => {
    const [line] = linesOf(
      pod(one).replace("{ name: web }", "{ name: web, labels: { a: b, c: 'd e' } }"),
    );
    expect(line).toMatch(
      /^a\.yaml:3:43: metadata\.labels: expected a valid value: .*, got "d e"; /,
    );
  });

  it("refuses two objects of one name, in whichever files", () => {
    expect(linesOf(pod(one), pod(one))).toEqual([
      'b.yaml:1:1: expected one Pod of the name "web", got a second one, the first is in a.yaml line 1',
    ]);
  });

  it("is told with all others, those of structure and those of meaning, but once", () => {
    const broken =
      "  containers: [{ name: App, image: 7 }]\n  restartPolicy: Sometimes\n  colour: red";
    expect(read(pod(broken)).issues.map(({ path }) => path)).toEqual([
      "spec.containers[0].name",
      "spec.containers[0].image",
      "spec.restartPolicy",
      "spec.colour",
    ]);
  });
});

describe("a text that is a bomb", () => {
  const laughs = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"];
  for (let level = 1; level < 10; level++) {
    const uses = Array.from({ length: 9 }, () => `*a${level - 1}`).join(", ");
    laughs.push(`a${level}: &a${level} [${uses}]`);
  }
  it.each([
    ["aliases", laughs.join("\n"), "aliases within the limit of 100"],
    ["depth", "[".repeat(2_000), "the depth limit of 100"],
    ["size", `# ${"x".repeat(5_000_000)}`, "the limit of 5 MB"],
  ])("is refused by its %s before it is expanded", (_, text, limit) => {
    const [line = ""] = linesOf(text);
    expect(line).toContain(limit);
  });
});
