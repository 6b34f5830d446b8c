{{/*
What the agent needs of the cluster that it runs in, as JSON: `byteport rbac --config` in templates. files/rbac.json
says what each runbook of the library needs; a test holds both equal to the program.
*/}}
{{- define "byteport.needs" -}}
{{- $config := .Values.config -}}
{{- $own := list -}}
{{- $clusters := 0 -}}
{{- $namespaces := list -}}
{{- range $name, $entry := default dict $config.connections -}}
{{- if eq (dig "type" "" $entry) "kubernetes" -}}
{{- $clusters = add1 $clusters -}}
{{- if not (or (hasKey $entry "kubeconfig") (hasKey $entry "context")) -}}
{{- if not $own -}}
{{- $given := default list $entry.namespaces -}}
{{- $namespaces = ternary $given (list $given) (kindIs "slice" $given) -}}
{{- end -}}
{{- $own = append $own $name -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $reached := or (eq (int $clusters) 0) (gt (len $own) 0) -}}
{{- $verbs := dict -}}
{{- $secrets := dict -}}
{{- if $reached -}}
{{- $part := ternary "all" "read" (and (eq (default "dry-run" $config.mode) "live") (not .Values.rbac.readOnly)) -}}
{{- $library := (.Files.Get "files/rbac.json" | fromJson).runbooks -}}
{{- if eq (toString (dig "runbooks" "library" true $config)) "false" -}}
{{- $library = dict -}}
{{- end -}}
{{- $enable := dig "runbooks" "enable" "newest" $config -}}
{{- $configured := dig "runbooks" "configure" (dict) $config -}}
{{- range $id, $runbook := $library -}}
{{- $enabled := and (ne $enable "listed") (not (and (eq $enable "newest") (eq $runbook.status "beta"))) -}}
{{- range $known := prepend $runbook.aliases $id -}}
{{- $said := dig $known "enabled" "" $configured | toString -}}
{{- if $said -}}
{{- $enabled = eq $said "true" -}}
{{- end -}}
{{- end -}}
{{- if $enabled -}}
{{- range $resource, $words := index $runbook $part -}}
{{- $_ := set $verbs $resource (concat (default list (get $verbs $resource)) $words | uniq | sortAlpha) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range include "byteport.references" . | fromJsonArray -}}
{{- if .kubernetes -}}
{{- if or (not .kubernetes.cluster) (has .kubernetes.cluster $own) -}}
{{- $namespace := default $.Release.Namespace .kubernetes.namespace -}}
{{- $_ := set $secrets $namespace (append (default list (get $secrets $namespace)) .kubernetes.secret | uniq | sortAlpha) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- dict "verbs" $verbs "namespaces" $namespaces "secrets" $secrets | toJson -}}
{{- end -}}

{{/* Rules of a role from verbs by resource: those of one group that allow the same verbs share one. */}}
{{- define "byteport.rules" -}}
{{- $groups := dict -}}
{{- range $resource, $words := . -}}
{{- $parts := splitn "." 2 $resource -}}
{{- $group := default "" $parts._1 -}}
{{- $of := default dict (get $groups $group) -}}
{{- $key := join "," $words -}}
{{- $_ := set $of $key (append (default list (get $of $key)) $parts._0) -}}
{{- $_ := set $groups $group $of -}}
{{- end -}}
{{- $rules := list -}}
{{- range $group, $of := $groups -}}
{{- range $key, $resources := $of -}}
{{- $rules = append $rules (dict "apiGroups" (list $group) "resources" (sortAlpha $resources) "verbs" (splitList "," $key)) -}}
{{- end -}}
{{- end -}}
{{- toYaml $rules -}}
{{- end -}}

{{- define "byteport.subjects" -}}
- kind: ServiceAccount
  name: {{ include "byteport.account" . }}
  namespace: {{ .Release.Namespace }}
{{- end -}}

{{/* Names of roles tell releases of several namespaces apart. */}}
{{- define "byteport.role" -}}
{{- printf "%s-%s" .Release.Namespace (include "byteport.fullname" .) -}}
{{- end -}}
