import type { StructTypes } from "./type.ts";

/** Kubernetes v1.35.4; written by test/support/types-from-go.ts, not by hand. */
export const networkTypes: StructTypes = {
  Service: {
    string: "kind apiVersion",
    "ObjectMeta!": "metadata",
    "ServiceSpec!": "spec",
    "ServiceStatus!": "status",
  },
  ServiceSpec: {
    "[]ServicePort": "ports",
    "{}string": "selector",
    string: "clusterIP type sessionAffinity loadBalancerIP externalName externalTrafficPolicy",
    "[]string": "clusterIPs externalIPs loadBalancerSourceRanges ipFamilies",
    int32: "healthCheckNodePort",
    bool: "publishNotReadyAddresses",
    SessionAffinityConfig: "sessionAffinityConfig",
    "*string": "ipFamilyPolicy loadBalancerClass internalTrafficPolicy trafficDistribution",
    "*bool": "allocateLoadBalancerNodePorts",
  },
  ServicePort: {
    string: "name protocol",
    "*string": "appProtocol",
    "int32!": "port",
    "IntOrString!": "targetPort",
    int32: "nodePort",
  },
  SessionAffinityConfig: {
    ClientIPConfig: "clientIP",
  },
  ClientIPConfig: {
    "*int32": "timeoutSeconds",
  },
  ServiceStatus: {
    "LoadBalancerStatus!": "loadBalancer",
    "[]Condition": "conditions",
  },
  LoadBalancerStatus: {
    "[]LoadBalancerIngress": "ingress",
  },
  LoadBalancerIngress: {
    string: "ip hostname",
    "*string": "ipMode",
    "[]PortStatus": "ports",
  },
  PortStatus: {
    "int32!": "port",
    "string!": "protocol",
    "*string": "error",
  },
  Condition: {
    "string!": "type status reason message",
    int64: "observedGeneration",
    Time: "lastTransitionTime",
  },
  Endpoints: {
    string: "kind apiVersion",
    "ObjectMeta!": "metadata",
    "[]EndpointSubset": "subsets",
  },
  EndpointSubset: {
    "[]EndpointAddress": "addresses notReadyAddresses",
    "[]EndpointPort": "ports",
  },
  EndpointAddress: {
    "string!": "ip",
    string: "hostname",
    "*string": "nodeName",
    ObjectReference: "targetRef",
  },
  EndpointPort: {
    string: "name protocol",
    "int32!": "port",
    "*string": "appProtocol",
  },
  EndpointSlice: {
    string: "kind apiVersion",
    "ObjectMeta!": "metadata",
    "string!": "addressType",
    "[]Endpoint": "endpoints",
    "[]EndpointSlicePort": "ports",
  },
  Endpoint: {
    "[]string": "addresses",
    "EndpointConditions!": "conditions",
    "*string": "hostname nodeName zone",
    ObjectReference: "targetRef",
    "{}string": "deprecatedTopology",
    EndpointHints: "hints",
  },
  EndpointConditions: {
    "*bool": "ready serving terminating",
  },
  EndpointHints: {
    "[]ForZone": "forZones",
    "[]ForNode": "forNodes",
  },
  ForZone: {
    "string!": "name",
  },
  ForNode: {
    "string!": "name",
  },
  EndpointSlicePort: {
    "*string": "name protocol appProtocol",
    "*int32": "port",
  },
  NetworkPolicy: {
    string: "kind apiVersion",
    "ObjectMeta!": "metadata",
    "NetworkPolicySpec!": "spec",
  },
  NetworkPolicySpec: {
    "LabelSelector!": "podSelector",
    "[]NetworkPolicyIngressRule": "ingress",
    "[]NetworkPolicyEgressRule": "egress",
    "[]string": "policyTypes",
  },
  NetworkPolicyIngressRule: {
    "[]NetworkPolicyPort": "ports",
    "[]NetworkPolicyPeer": "from",
  },
  NetworkPolicyPort: {
    "*string": "protocol",
    IntOrString: "port",
    "*int32": "endPort",
  },
  NetworkPolicyPeer: {
    LabelSelector: "podSelector namespaceSelector",
    IPBlock: "ipBlock",
  },
  IPBlock: {
    "string!": "cidr",
    "[]string": "except",
  },
  NetworkPolicyEgressRule: {
    "[]NetworkPolicyPort": "ports",
    "[]NetworkPolicyPeer": "to",
  },
};
