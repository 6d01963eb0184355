import { servicePortsOf } from "../../machines/proxy/service-port.ts";
import { endpointsByServicePort } from "../../machines/proxy/topology.ts";
import { rulesOf, rulesText } from "../system/proxy-rules.ts";
import type { Cluster } from "./cluster.ts";

/** Where the rules of a node send what comes for a Service. */
export interface ServiceTargets {
  /** `default/web:http`, without the colon for a port without a name. */
  readonly service: string;
  /** `10.96.0.10:80` */
  readonly address: string;
  /** `10.88.0.1:8080`; those of them that are ready. */
  readonly endpoints: readonly string[];
}

/** What a node's kube-proxy synced last; nothing where it has not synced. */
export function serviceRules(cluster: Cluster, node: string): readonly ServiceTargets[] {
  const side = cluster.system.world.proxies.side(node);
  if (side === undefined) return [];
  const { services, slices } = side.snapshot;
  const byPort = endpointsByServicePort(slices, { name: node });
  return services
    .flatMap((service) => servicePortsOf(service))
    .map((info) => {
      const { name, clusterIP, port, protocol } = info;
      const endpoints = byPort.get(`${name} ${protocol}`) ?? [];
      const ready = endpoints.filter((one) => one.ready).map(({ endpoint }) => endpoint);
      return { service: name, address: `${clusterIP}:${port}`, endpoints: ready };
    });
}

/** The rules of each node, as `iptables-restore` is given them or `ipvsadm -Ln` prints them. */
export function nodeRulesText({ system: { world } }: Cluster): string {
  const texts = [...world.nodes()].map(({ name }) => {
    const rules = rulesOf(world, name);
    return `# ${name}\n${rules === undefined ? "# not synced yet" : rulesText(rules).trimEnd()}\n`;
  });
  return texts.join("\n");
}
