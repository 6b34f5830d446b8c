{{- define "byteport.pod" -}}
metadata:
  labels:
    {{- include "byteport.selector" . | nindent 4 }}
    {{- with .Values.podLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  annotations:
    byteport.io/at-start: {{ include "byteport.atStart" . }}
    kubectl.kubernetes.io/default-container: agent
    {{- with .Values.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  serviceAccountName: {{ include "byteport.account" . }}
  automountServiceAccountToken: true
  enableServiceLinks: false
  terminationGracePeriodSeconds: {{ add (int .Values.preStopSeconds) (int .Values.drainSeconds) 15 }}
  securityContext:
    {{- toYaml .Values.podSecurityContext | nindent 4 }}
  {{- with .Values.imagePullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  {{- with .Values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- if .Values.affinity }}
  affinity:
    {{- toYaml .Values.affinity | nindent 4 }}
  {{- else if gt (int .Values.replicas) 1 }}
  affinity:
    podAntiAffinity:
      preferredDuringSchedulingIgnoredDuringExecution:
        - weight: 100
          podAffinityTerm:
            topologyKey: kubernetes.io/hostname
            labelSelector:
              matchLabels:
                {{- include "byteport.selector" . | nindent 16 }}
  {{- end }}
  {{- with .Values.topologySpreadConstraints }}
  topologySpreadConstraints:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  containers:
    - name: agent
      image: {{ include "byteport.image" . | quote }}
      imagePullPolicy: {{ .Values.image.pullPolicy }}
      args:
        - agent
        - --config
        - /etc/byteport/config/agent.yaml
        - --drain
        - {{ int .Values.drainSeconds }}s
        - --log-format
        - {{ .Values.logFormat }}
      env:
        - name: BYTEPORT_LOG_LEVEL
          value: {{ .Values.logLevel }}
        {{- with .Values.javaOptions }}
        - name: JDK_JAVA_OPTIONS
          value: {{ . | quote }}
        {{- end }}
        {{- with .Values.otlpEndpoint }}
        - name: OTEL_EXPORTER_OTLP_ENDPOINT
          value: {{ . | quote }}
        {{- end }}
        {{- with .Values.env }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
      {{- with .Values.envFrom }}
      envFrom:
        {{- toYaml . | nindent 8 }}
      {{- end }}
      ports:
        - name: http
          containerPort: 8080
      startupProbe:
        httpGet: { path: /livez, port: http, scheme: {{ include "byteport.scheme" . }} }
        periodSeconds: 2
        timeoutSeconds: 5
        failureThreshold: 90
      livenessProbe:
        httpGet: { path: /livez, port: http, scheme: {{ include "byteport.scheme" . }} }
        periodSeconds: 10
        timeoutSeconds: 5
        failureThreshold: 6
      readinessProbe:
        httpGet: { path: /readyz, port: http, scheme: {{ include "byteport.scheme" . }} }
        periodSeconds: 5
        timeoutSeconds: 5
        failureThreshold: 2
      {{- if .Values.preStopSeconds }}
      lifecycle:
        preStop:
          sleep: { seconds: {{ int .Values.preStopSeconds }} }
      {{- end }}
      resources:
        {{- toYaml .Values.resources | nindent 8 }}
      securityContext:
        {{- toYaml .Values.securityContext | nindent 8 }}
      volumeMounts:
        - { name: config, mountPath: /etc/byteport/config, readOnly: true }
        - { name: tmp, mountPath: /tmp }
        {{- if not (include "byteport.shared" .) }}
        - { name: state, mountPath: /var/lib/byteport }
        {{- end }}
        {{- if or .Values.access.admin .Values.metrics.serviceMonitor.enabled }}
        - { name: access, mountPath: /run/access, readOnly: true }
        {{- end }}
        {{- if .Values.tls.secretName }}
        - { name: tls, mountPath: /run/tls, readOnly: true }
        {{- end }}
        {{- if .Values.runbooks }}
        - { name: runbooks, mountPath: /etc/byteport/runbooks/values, readOnly: true }
        {{- end }}
        {{- range $at, $name := .Values.runbookConfigMaps }}
        - { name: runbooks-{{ $at }}, mountPath: /etc/byteport/runbooks/{{ $name }}, readOnly: true }
        {{- end }}
        {{- range $at, $name := .Values.secrets }}
        - { name: secret-{{ $at }}, mountPath: /run/secrets/{{ $name }}, readOnly: true }
        {{- end }}
        {{- with .Values.extraVolumeMounts }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
  volumes:
    - name: config
      configMap: { name: {{ include "byteport.fullname" . }} }
    - name: tmp
      emptyDir: { sizeLimit: 256Mi }
    {{- if or .Values.access.admin .Values.metrics.serviceMonitor.enabled }}
    {{- /* 288 is 0440, which readers of YAML 1.2 take for 440. */}}
    - name: access
      secret: { secretName: {{ include "byteport.accessSecret" . }}, defaultMode: 288 }
    {{- end }}
    {{- if .Values.tls.secretName }}
    - name: tls
      secret: { secretName: {{ .Values.tls.secretName }}, defaultMode: 288 }
    {{- end }}
    {{- if .Values.runbooks }}
    - name: runbooks
      configMap: { name: {{ include "byteport.fullname" . }}-runbooks }
    {{- end }}
    {{- range $at, $name := .Values.runbookConfigMaps }}
    - name: runbooks-{{ $at }}
      configMap: { name: {{ $name }} }
    {{- end }}
    {{- range $at, $name := .Values.secrets }}
    - name: secret-{{ $at }}
      secret: { secretName: {{ $name }}, defaultMode: 288 }
    {{- end }}
    {{- if not (include "byteport.shared" .) }}
    {{- if not .Values.persistence.enabled }}
    - name: state
      emptyDir: {}
    {{- else if .Values.persistence.existingClaim }}
    - name: state
      persistentVolumeClaim: { claimName: {{ .Values.persistence.existingClaim }} }
    {{- end }}
    {{- end }}
    {{- with .Values.extraVolumes }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- end -}}
