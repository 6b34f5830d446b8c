{{/* The agent's configuration as JSON: what `config` says, and what the chart alone can know. */}}
{{- define "byteport.config" -}}
{{- $config := deepCopy .Values.config -}}
{{- $config = unset $config "apiVersion" -}}
{{- $config = unset $config "kind" -}}
{{- $_ := set $config "listen" "0.0.0.0:8080" -}}
{{- if .Values.tls.secretName -}}
{{- $_ := set $config "tls" (dict "certificate" "/run/tls/tls.crt" "key" "/run/tls/tls.key") -}}
{{- end -}}
{{- if not (include "byteport.shared" .) -}}
{{- $_ := set $config "store" (merge (dict "folder" "/var/lib/byteport/state") (default dict $config.store)) -}}
{{- end -}}
{{- $people := deepCopy (dig "access" "people" (dict) $config) -}}
{{- if .Values.access.admin -}}
{{- $_ := set $people "admin" (dict "role" "admin" "token" (dict "file" "/run/access/admin")) -}}
{{- end -}}
{{- if .Values.metrics.serviceMonitor.enabled -}}
{{- $_ := set $people "metrics" (dict "role" "viewer" "token" (dict "file" "/run/access/metrics")) -}}
{{- end -}}
{{- $_ := set $config "access" (dict "people" $people) -}}
{{- if include "byteport.ownRunbooks" . -}}
{{- $runbooks := default dict $config.runbooks -}}
{{- $folders := prepend (default list $runbooks.folders) "/etc/byteport/runbooks" -}}
{{- $_ := set $config "runbooks" (merge (dict "folders" $folders) $runbooks) -}}
{{- end -}}
{{- toJson $config -}}
{{- end -}}

{{/* What the agent takes only when it starts: only for that are pods exchanged. */}}
{{- define "byteport.atStart" -}}
{{- $config := include "byteport.config" . | fromJson -}}
{{- pick $config "metadata" "listen" "http" "links" "store" "concurrency" | toJson | sha256sum -}}
{{- end -}}

{{/* All references to secrets, as a list in JSON: [{"file": ...}, {"env": ...}, {"kubernetes": {...}}]. */}}
{{- define "byteport.references" -}}
{{- $written := list -}}
{{- range $section := list "connections" "sources" "channels" -}}
{{- range $name, $entry := default dict (get $.Values.config $section) -}}
{{- range $credential, $value := default dict $entry.credentials -}}
{{- $written = append $written $value -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $credential, $value := dig "store" "credentials" (dict) .Values.config -}}
{{- $written = append $written $value -}}
{{- end -}}
{{- range $name, $person := dig "access" "people" (dict) .Values.config -}}
{{- $written = append $written $person.token -}}
{{- end -}}
{{- $found := list -}}
{{- range $written -}}
{{- if kindIs "map" . -}}
{{- $found = append $found . -}}
{{- end -}}
{{- end -}}
{{- toJson $found -}}
{{- end -}}

{{/* Fails, with what to do, where values do not fit together. */}}
{{- define "byteport.check" -}}
{{- $problems := list -}}
{{- if ne (dig "apiVersion" "byteport.io/v1" .Values.config) "byteport.io/v1" -}}
{{- $problems = append $problems "config.apiVersion: expected byteport.io/v1; leave it out" -}}
{{- end -}}
{{- if ne (dig "kind" "Agent" .Values.config) "Agent" -}}
{{- $problems = append $problems "config.kind: expected Agent; leave it out" -}}
{{- end -}}
{{- if hasKey .Values.config "listen" -}}
{{- $problems = append $problems "config.listen: the chart says where the agent listens; use service.port, and ingress for what comes from outside" -}}
{{- end -}}
{{- if hasKey .Values.config "tls" -}}
{{- $problems = append $problems "config.tls: name a Secret of the type kubernetes.io/tls in tls.secretName" -}}
{{- end -}}
{{- if dig "store" "folder" "" .Values.config -}}
{{- $problems = append $problems "config.store.folder: the chart keeps an embedded store on a volume; use persistence" -}}
{{- end -}}
{{- range $person := list "admin" "metrics" -}}
{{- if and (hasKey (dig "access" "people" (dict) $.Values.config) $person) (or (and (eq $person "admin") $.Values.access.admin) (and (eq $person "metrics") $.Values.metrics.serviceMonitor.enabled)) -}}
{{- $problems = append $problems (printf "config.access.people.%s: the chart names this person; take another name, or turn off %s" $person (ternary "access.admin" "metrics.serviceMonitor" (eq $person "admin"))) -}}
{{- end -}}
{{- end -}}
{{- if and (not .Values.access.admin) (not (dig "access" "people" (dict) .Values.config)) -}}
{{- $problems = append $problems "access: the agent is reached from other pods, so somebody must be named: leave access.admin on, or name people in config.access.people" -}}
{{- end -}}
{{- if and (gt (int .Values.replicas) 1) (not (include "byteport.shared" .)) -}}
{{- $problems = append $problems (printf "replicas: %d replicas take a store that they share, and an embedded one has one writer: set config.store.address to a PostgreSQL, or replicas to 1" (int .Values.replicas)) -}}
{{- end -}}
{{- if and .Values.ingress.enabled (not .Values.ingress.host) -}}
{{- $problems = append $problems "ingress.host: the name under which sources call" -}}
{{- end -}}
{{- if and .Values.rbac.create (not .Values.rbac.clusterScoped) (not (include "byteport.needs" . | fromJson).namespaces) -}}
{{- $problems = append $problems "rbac.clusterScoped: without a ClusterRole, name the namespaces in config.connections.NAME.namespaces of the cluster" -}}
{{- end -}}
{{- if not (or (include "byteport.ownRunbooks" .) (dig "runbooks" "folders" (list) .Values.config)) -}}
{{- $ids := list -}}
{{- range $id, $runbook := (.Files.Get "files/rbac.json" | fromJson).runbooks -}}
{{- $ids = concat $ids (prepend $runbook.aliases $id) -}}
{{- end -}}
{{- range $id, $said := dig "runbooks" "configure" (dict) .Values.config -}}
{{- if not (has $id $ids) -}}
{{- $problems = append $problems (printf "config.runbooks.configure.%s: the library has no such runbook; it has %s" $id (join ", " ($ids | sortAlpha))) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $variables := list -}}
{{- range .Values.env -}}
{{- $variables = append $variables .name -}}
{{- end -}}
{{- $mounted := list -}}
{{- range .Values.extraVolumeMounts -}}
{{- $mounted = append $mounted .mountPath -}}
{{- end -}}
{{- range $reference := include "byteport.references" . | fromJsonArray -}}
{{- if and $reference.env (not $.Values.envFrom) (not (has $reference.env $variables)) -}}
{{- $problems = append $problems (printf "config: the variable %s is not set: add it to env or envFrom, or refer to a file of a Secret in secrets" $reference.env) -}}
{{- end -}}
{{- if hasPrefix "/run/secrets/" (default "" $reference.file) -}}
{{- $secret := index (splitList "/" $reference.file) 3 -}}
{{- $elsewhere := false -}}
{{- range $mounted -}}
{{- if hasPrefix . $reference.file -}}
{{- $elsewhere = true -}}
{{- end -}}
{{- end -}}
{{- if not (or $elsewhere (has $secret $.Values.secrets)) -}}
{{- $problems = append $problems (printf "config: there is no file %s: add the Secret %s to secrets" $reference.file $secret) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if $problems -}}
{{- fail (printf "\n\n  %s\n" (join "\n  " $problems)) -}}
{{- end -}}
{{- end -}}
