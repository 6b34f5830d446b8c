# syntax=docker/dockerfile:1
# The agent and every other command of BytePort: docker build -t registry.example.com/byteport:0.1.0 .
# docs/deploying.md says how it is run.

# --- building ---------------------------------------------------------------------------------
FROM maven:3-eclipse-temurin-25 AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 \
    mvn -Pfast -Dmaven.test.skip=true -pl cli -am package

# Libraries of others change seldom, our own jars with every build: a layer for each.
RUN mkdir -p /layers/others/lib /layers/own/lib \
    && cp -p cli/target/lib/byteport-*.jar /layers/own/lib/ \
    && cp -p cli/target/byteport.jar /layers/own/ \
    && rm cli/target/lib/byteport-*.jar \
    && cp -p cli/target/lib/*.jar /layers/others/lib/

# --- a Java that has what is needed -----------------------------------------------------------
FROM build AS java
RUN cp -rp /layers/others /opt/byteport \
    && cp -rp /layers/own/. /opt/byteport/ \
    && modules=$(jdeps --print-module-deps --ignore-missing-deps --multi-release 25 --recursive \
        --class-path '/opt/byteport/lib/*' /opt/byteport/byteport.jar) \
    && jlink --add-modules "$modules,jdk.jcmd,jdk.jfr,jdk.naming.dns,jdk.zipfs" \
        --strip-debug --no-header-files --no-man-pages --compress zip-6 --generate-cds-archive \
        --output /opt/java

# An agent starts once and what it loaded is kept: later ones start more than twice as fast.
COPY <<'EOF_AGENT' /tmp/agent.yaml
apiVersion: byteport.io/v1
kind: Agent
store: { folder: /tmp/rehearsal }
EOF_AGENT
RUN <<'EOF_RUN'
set -eu
/opt/java/bin/java -XX:AOTCacheOutput=/opt/byteport/agent.aot -Xlog:disable \
  -jar /opt/byteport/byteport.jar agent --config /tmp/agent.yaml 2>/tmp/agent.log &
agent=$!
waited=0
until grep -q 'listens on' /tmp/agent.log; do
  kill -0 "$agent" && [ "$waited" -lt 300 ] || { cat /tmp/agent.log; exit 1; }
  sleep 1
  waited=$((waited + 1))
done
sleep 3
kill -TERM "$agent"
wait "$agent"
test -s /opt/byteport/agent.aot
mkdir -p /empty/state /empty/config
EOF_RUN

# --- what runs: glibc, certificates, a Java, jars; no shell, no package manager -----------------
FROM gcr.io/distroless/base-debian12:nonroot
LABEL org.opencontainers.image.title="BytePort" \
      org.opencontainers.image.description="Runbooks that run themselves" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=java /opt/java /opt/java
COPY --from=build /layers/others/ /opt/byteport/
COPY --from=build /layers/own/ /opt/byteport/
COPY --from=java /opt/byteport/agent.aot /opt/byteport/agent.aot
COPY --from=java --chown=10001:10001 /empty/state /var/lib/byteport
COPY --from=java /empty/config /etc/byteport

USER 10001:10001
WORKDIR /var/lib/byteport
ENV PATH=/opt/java/bin JAVA_HOME=/opt/java
VOLUME /var/lib/byteport
EXPOSE 8080

# SIGTERM reaches Java itself, which lets the agent drain. A cache that does not fit is passed over in silence.
ENTRYPOINT ["/opt/java/bin/java", "-XX:AOTCache=/opt/byteport/agent.aot", "-Xlog:disable", "-Xlog:all=error:stderr", \
    "-XX:MaxRAMPercentage=60", "-XX:+ExitOnOutOfMemoryError", "-Dbyteport.terminal=false", \
    "-jar", "/opt/byteport/byteport.jar"]
CMD ["--help"]
