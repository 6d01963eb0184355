/** kubectl's root and its commands up to `create`, in the form that `command-tree.ts` reads. */
export const commandsAToC = String.raw`
. as as-group:list as-uid as-user-extra:list cache-dir certificate-authority
  client-certificate client-key cluster context disable-compression? insecure-skip-tls-verify?
  kubeconfig kuberc match-server-version? namespace/n password profile=none
  profile-output=profile.pprof v/v request-timeout=0 server/s tls-server-name token user
  username warnings-as-errors?
annotate @print @files @dry all? all-namespaces/A? field-manager=kubectl-annotate
  field-selector list? local? overwrite? record? resource-version selector/l
api-resources api-group cached? categories:csv namespaced?=true no-headers? output/o
  show-managed-fields? sort-by verbs:csv
api-versions
apply @print @files @dry @valid all? cascade~background=background
  field-manager=kubectl-client-side-apply force? force-conflicts? grace-period:int=-1
  openapi-patch?=true overwrite?=true prune? prune-allowlist:list record? selector/l
  server-side? subresource timeout:time=0s wait?
apply.edit-last-applied @print @files @valid field-manager=kubectl-client-side-apply record?
  windows-line-endings?
apply.set-last-applied @print @dry create-annotation? filename/f:csv
apply.view-last-applied @files all? output/o=yaml selector/l
attach container/c pod-running-timeout:time=1m0s quiet/q? stdin/i? tty/t?
auth
auth.can-i all-namespaces/A? list? no-headers? quiet/q? subresource
auth.reconcile @print @files @dry remove-extra-permissions? remove-extra-subjects?
auth.whoami @print
autoscale @print @files @dry cpu cpu-percent:int32=-1 field-manager=kubectl-autoscale
  max:int32=-1! memory min:int32=-1 name record? save-config?
certificate
certificate.approve @print @files force?
certificate.deny @print @files force?
cluster-info
cluster-info.dump all-namespaces/A? allow-missing-template-keys?=true namespaces:csv
  output/o=json output-directory pod-running-timeout:time=20s show-managed-fields? template
completion
config kubeconfig
config.current-context
config.delete-cluster
config.delete-context
config.delete-user
config.get-clusters
config.get-contexts no-headers? output/o
config.get-users
config.rename-context
config.set set-raw-bytes?
config.set-cluster certificate-authority embed-certs? insecure-skip-tls-verify? proxy-url
  server tls-server-name
config.set-context cluster current? namespace/n user
config.set-credentials auth-provider auth-provider-arg:csv client-certificate client-key
  embed-certs? exec-api-version exec-arg:csv exec-command exec-env:list exec-interactive-mode
  exec-provide-cluster-info? password token username
config.unset
config.use-context|use
config.view allow-missing-template-keys?=true flatten? merge?=true minify? output/o=yaml raw?
  show-managed-fields? template
cordon @dry selector/l
cp container/c no-preserve? retries:int=0
create @print @files @dry @valid edit? field-manager=kubectl-create raw record? save-config?
  selector/l windows-line-endings?
create.clusterrole @print @dry @valid aggregation-rule:map field-manager=kubectl-create
  non-resource-url:csv resource:csv resource-name:list save-config? verb:csv
create.clusterrolebinding @print @dry @valid clusterrole! field-manager=kubectl-create
  group:list save-config? serviceaccount:list user:list
create.configmap|cm @print @dry @valid append-hash? field-manager=kubectl-create
  from-env-file:csv from-file:csv from-literal:list save-config?
create.cronjob|cj @print @dry @valid field-manager=kubectl-create image! restart save-config?
  schedule!
create.deployment|deploy @print @dry @valid field-manager=kubectl-create image:csv!
  port:int32=-1 replicas/r:int32=1 save-config?
create.ingress|ing @print @dry @valid annotation:list class default-backend
  field-manager=kubectl-create rule:list save-config?
create.job @print @dry @valid field-manager=kubectl-create from image save-config?
create.namespace|ns @print @dry @valid field-manager=kubectl-create save-config?
create.poddisruptionbudget|pdb @print @dry @valid field-manager=kubectl-create max-unavailable
  min-available save-config? selector
create.priorityclass|pc @print @dry @valid description field-manager=kubectl-create
  global-default? preemption-policy=PreemptLowerPriority save-config? value:int32=0
create.quota|resourcequota @print @dry @valid field-manager=kubectl-create hard save-config?
  scopes
create.role @print @dry @valid field-manager=kubectl-create resource:csv resource-name:list
  save-config? verb:csv
create.rolebinding @print @dry @valid clusterrole field-manager=kubectl-create group:list role
  save-config? serviceaccount:list user:list
create.secret
create.secret.docker-registry @print @dry @valid append-hash? docker-email docker-password
  docker-server=https://index.docker.io/v1/ docker-username field-manager=kubectl-create
  from-file:csv save-config?
create.secret.generic @print @dry @valid append-hash? field-manager=kubectl-create
  from-env-file:csv from-file:csv from-literal:list save-config? type
create.secret.tls @print @dry @valid append-hash? cert field-manager=kubectl-create key
  save-config?
create.service|svc
create.service.clusterip @print @dry @valid clusterip field-manager=kubectl-create
  save-config? tcp:csv
create.service.externalname @print @dry @valid external-name! field-manager=kubectl-create
  save-config? tcp:csv
create.service.loadbalancer @print @dry @valid field-manager=kubectl-create save-config?
  tcp:csv
create.service.nodeport @print @dry @valid field-manager=kubectl-create node-port:int=0
  save-config? tcp:csv
create.serviceaccount|sa @print @dry @valid field-manager=kubectl-create save-config?
create.token @print audience:list bound-object-kind bound-object-name bound-object-uid
  duration:time=0s
`;
