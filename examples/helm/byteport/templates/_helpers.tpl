{{- define "byteport.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "byteport.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 52 | trimSuffix "-" -}}
{{- else if contains (include "byteport.name" .) .Release.Name -}}
{{- .Release.Name | trunc 52 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name (include "byteport.name" .) | trunc 52 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "byteport.selector" -}}
app.kubernetes.io/name: {{ include "byteport.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "byteport.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{ include "byteport.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end -}}

{{- define "byteport.metadata" -}}
name: {{ include "byteport.fullname" . }}
namespace: {{ .Release.Namespace }}
labels:
  {{- include "byteport.labels" . | nindent 2 }}
{{- end -}}

{{- define "byteport.account" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "byteport.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "byteport.accessSecret" -}}
{{- default (printf "%s-access" (include "byteport.fullname" .)) .Values.access.existingSecret -}}
{{- end -}}

{{- define "byteport.image" -}}
{{- if .Values.image.digest -}}
{{- printf "%s@%s" .Values.image.repository .Values.image.digest -}}
{{- else -}}
{{- printf "%s:%s" .Values.image.repository (default .Chart.AppVersion .Values.image.tag) -}}
{{- end -}}
{{- end -}}

{{- define "byteport.scheme" -}}
{{- if .Values.tls.secretName -}}HTTPS{{- else -}}HTTP{{- end -}}
{{- end -}}

{{/* "yes" where state is kept in a PostgreSQL. */}}
{{- define "byteport.shared" -}}
{{- if dig "store" "address" "" .Values.config -}}yes{{- end -}}
{{- end -}}

{{/* "yes" where there are files of runbooks beside the library. */}}
{{- define "byteport.ownRunbooks" -}}
{{- if or .Values.runbooks .Values.runbookConfigMaps -}}yes{{- end -}}
{{- end -}}
