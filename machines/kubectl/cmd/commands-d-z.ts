/** kubectl's commands from `debug` on, in the form that `command-tree.ts` reads. */
export const commandsDToZ = String.raw`
debug arguments-only? attach? container/c copy-to custom env:map filename/f:csv image
  image-pull-policy keep-annotations? keep-init-containers?=true keep-labels? keep-liveness?
  keep-readiness? keep-startup? profile=legacy quiet/q? replace? same-node? set-image:map
  share-processes?=true stdin/i? target tty/t?
delete||rm @files @dry all? all-namespaces/A? cascade~background=background field-selector
  force? grace-period:int=-1 ignore-not-found? interactive/i? now? output/o raw selector/l
  timeout:time=0s wait?=true
describe @files all-namespaces/A? chunk-size:int64=500 selector/l show-events?=true
diff @files concurrency:int=1 field-manager=kubectl-client-side-apply force-conflicts? prune?
  prune-allowlist:list selector/l server-side? show-managed-fields?
drain @dry chunk-size:int64=500 delete-emptydir-data? disable-eviction? force?
  grace-period:int=-1 ignore-daemonsets? pod-selector selector/l
  skip-wait-for-delete-timeout:int=0 timeout:time=0s
edit @print @files @valid field-manager=kubectl-edit output-patch? record? save-config?
  subresource windows-line-endings?
events @print all-namespaces/A? chunk-size:int64=500 for no-headers? types:csv watch/w?
exec container/c filename/f:csv pod-running-timeout:time=1m0s quiet/q? stdin/i? tty/t?
explain api-version output/o=plaintext recursive?
expose @print @files @dry cluster-ip external-ip field-manager=kubectl-expose labels/l
  load-balancer-ip name override-type=merge overrides port protocol record? save-config?
  selector session-affinity target-port type
get||list,ps @print @files all-namespaces/A? chunk-size:int64=500 field-selector
  ignore-not-found? label-columns/L:csv no-headers? output-watch-events? raw selector/l
  server-print?=true show-kind? show-labels? sort-by subresource watch/w? watch-only?
kustomize as-current-user? enable-alpha-plugins? enable-helm? enable-managedby-label?
  env/e:list helm-api-versions:list helm-command=helm helm-debug? helm-kube-version
  load-restrictor=LoadRestrictionsRootOnly mount:list network? network-name=bridge output/o
  reorder=legacy
label @print @files @dry all? all-namespaces/A? field-manager=kubectl-label field-selector
  list? local? overwrite? record? resource-version selector/l
logs all-containers? all-pods? container/c follow/f? ignore-errors?
  insecure-skip-tls-verify-backend? limit-bytes:int64=0 max-log-requests:int=5
  pod-running-timeout:time=20s prefix? previous/p? selector/l since:time=0s since-time
  tail:int64=-1 timestamps?
options
patch @print @files @dry field-manager=kubectl-patch local? patch/p patch-file record?
  subresource type=strategic
plugin
plugin.list name-only?
port-forward address:csv=localhost pod-running-timeout:time=1m0s
proxy accept-hosts=^localhost$,^127\.0\.0\.1$,^\[::1\]$ accept-paths=^.* address=127.0.0.1
  api-prefix=/ append-server-path? disable-filter? keepalive:time=0s port/p:int=8001
  reject-methods=^$ reject-paths=^/api/.*/pods/.*/exec,^/api/.*/pods/.*/attach unix-socket/u
  www/w www-prefix/P=/static/
replace @print @files @dry @valid cascade~background=background field-manager=kubectl-replace
  force? grace-period:int=-1 raw save-config? subresource timeout:time=0s wait?
rollout
rollout.history @print @files revision:int64=0 selector/l
rollout.pause @print @files field-manager=kubectl-rollout selector/l
rollout.restart @print @files field-manager=kubectl-rollout selector/l
rollout.resume @print @files field-manager=kubectl-rollout selector/l
rollout.status @files revision:int64=0 selector/l timeout:time=0s watch/w?=true
rollout.undo @print @files @dry selector/l to-revision:int64=0
run @print @files @dry annotations:list attach? cascade~background=background command?
  env:list expose? field-manager=kubectl-run force? grace-period:int=-1 image!
  image-pull-policy labels/l leave-stdin-open? override-type=merge overrides
  pod-running-timeout:time=1m0s port privileged? quiet/q? record? restart=Always rm?
  save-config? stdin/i? timeout:time=0s tty/t? wait?
scale @print @files @dry all? current-replicas:int=-1 record? replicas:int=0! resource-version
  selector/l timeout:time=0s
set
set.env @print @files @dry all? containers/c=* env/e:list field-manager=kubectl-set from
  keys:csv list? local? overwrite?=true prefix resolve? selector/l
set.image @print @files @dry all? field-manager=kubectl-set local? record? selector/l
set.resources @print @files @dry all? containers/c=* field-manager=kubectl-set limits local?
  record? requests selector/l
set.selector @print @dry all? field-manager=kubectl-set filename/f:csv local? record?
  recursive/R?=true resource-version
set.serviceaccount|sa @print @files @dry all? field-manager=kubectl-set local? record?
set.subject @print @files @dry all? field-manager=kubectl-set group:list local? selector/l
  serviceaccount:list user:list
taint @print @dry @valid all? field-manager=kubectl-taint overwrite? selector/l
top
top.node|nodes,no no-headers? selector/l show-capacity? show-swap? sort-by
  use-protocol-buffers?=true
top.pod|pods,po all-namespaces/A? containers? field-selector no-headers? selector/l show-swap?
  sort-by sum? use-protocol-buffers?=true
uncordon @dry selector/l
version client? output/o
wait||list,ps @print all? all-namespaces/A? field-selector filename/f:csv for local?
  recursive/R?=true selector/l timeout:time=30s
`;
