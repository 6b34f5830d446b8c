package io.byteport.adapter.notify;

import io.byteport.engine.channel.Message;
import io.byteport.engine.channel.Message.Subject;
import io.byteport.engine.run.RunId;
import io.byteport.engine.run.RunReport.Notification;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Messages of one incident, as runbooks write them. */
public final class Notices {
  public static final Instant AT = Instant.parse("2026-01-05T12:04:49Z");
  public static final List<String> EVENTS =
      List.of(
          "opened",
          "acting",
          "planned",
          "approval",
          "resolved",
          "escalated",
          "failed",
          "storm",
          "handedOff");

  private static final String RUN = "20260105-120449-bsq84";
  private static final String POD = "pod/production/api-sd98vc9vfb-hglv7";
  private static final String PATCH =
      "kubectl patch deployment api -n production --type=strategic"
          + " '--patch={\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"api\","
          + "\"resources\":{\"limits\":{\"memory\":\"512Mi\"}}}]}}}}'";

  private Notices() {}

  public static Message of(String event) {
    return switch (event) {
      case "opened" ->
          message(
              event,
              "warning",
              "Looking at why api keeps restarting",
              null,
              fields("pod", "production/api-sd98vc9vfb-hglv7", "restarts", "5"),
              List.of(),
              List.of(),
              Map.of());
      case "acting" ->
          message(
              event,
              "warning",
              "Raising the memory limit of api from 384Mi to 512Mi",
              "The container was killed for memory (exit 137, limit `384Mi`).",
              fields("action", "kubectl.patchResources", "confidence", "0.93"),
              List.of(),
              List.of(PATCH),
              Map.of());
      case "planned" ->
          message(
              event,
              "warning",
              "Would raise the memory limit of api from 384Mi to 512Mi",
              "This runbook only proposes here; nothing was changed.",
              fields("class", "oom_at_startup", "confidence", "0.93"),
              List.of(),
              List.of(PATCH),
              Map.of("plan", "1  raise_memory  memory limit 384Mi → 512Mi\n     " + PATCH));
      case "approval" ->
          message(
              event,
              "warning",
              "May the memory limit of api be raised from 384Mi to 512Mi?",
              "Asked because `production` needs an approval. Unanswered for 15m, it becomes a"
                  + " proposal.",
              fields("approvers", "group:sre, user:dba-lead", "until", "2026-01-05 12:19:49 UTC"),
              List.of("Say yes to exactly this plan, or no."),
              List.of(
                  "byteport approve " + RUN + " --hash 5f3ab81c0d9e",
                  "byteport deny " + RUN + " --reason ..."),
              Map.of("plan", "1  raise_memory  memory limit 384Mi → 512Mi\n     " + PATCH));
      case "resolved" -> resolved();
      case "escalated" -> escalated();
      case "failed" ->
          message(
              event,
              "high",
              "The memory limit of api could not be raised",
              "deployments.apps \"api\" is forbidden: User \"byteport\" cannot patch resource"
                  + " \"deployments\" in the namespace \"production\" [403]",
              fields("action", "kubectl.patchResources", "attempts", "1"),
              List.of("Give BytePort the right to patch deployments, or raise the limit by hand."),
              List.of(PATCH),
              Map.of());
      case "storm" ->
          message(
              event,
              "critical",
              "Storm in namespace/production: 3 incidents were not acted on",
              "More runs wanted to change something there than may. These changed nothing.",
              fields("scope", "namespace/production", "incidents", "3"),
              List.of("Look for what they have in common before anything is repaired one by one."),
              List.of("byteport runs show " + RUN, "byteport runs show 20260105-120502-q1x7c"),
              Map.of(
                  "incidents",
                  RUN
                      + "  "
                      + POD
                      + "  oom_at_startup  crashloopbackoff_v2\n"
                      + "20260105-120502-q1x7c  pod/production/web-0  oom_at_startup "
                      + " crashloopbackoff_v2"));
      default ->
          message(
              event,
              "info",
              "Handed to failed_deploy_auto_rollback",
              null,
              Map.of(),
              List.of(),
              List.of(),
              Map.of());
    };
  }

  private static Message resolved() {
    return message(
        "resolved",
        "warning",
        "🔁 *crashloopbackoff_v2* | pod: `production/api-sd98vc9vfb-hglv7` | signal:"
            + " `crashloopbackoff` | restarts: 7 | class: `oom_at_startup` | conf: 0.93 | action:"
            + " memory limit 256Mi → 384Mi | 🔗 https://wiki.example.com/runbooks",
        null,
        fields(
            "before", "memory limit 256Mi, 7 restarts in 10m",
            "after", "memory limit 384Mi, ready, no restart for 1m",
            "duration", "2m9s"),
        List.of(),
        List.of(),
        Map.of());
  }

  private static Message escalated() {
    Map<String, String> attachments = new LinkedHashMap<>();
    attachments.put("postmortem", "class: oom_at_startup\nmemory limit: 384Mi\nrestarts: 5");
    attachments.put("decision tree", "✓ oom_at_startup 0.93\n  ✓ killedForMemory\n✗ image_pull");
    attachments.put("plan", "1  raise_memory  not done: one a day\n     " + PATCH);
    attachments.put(
        "logs.text",
        "api starting\nloading 2510000 rows into the price cache\nheap at 98 % of the limit");
    return message(
        "escalated",
        "critical",
        "🔁 *crashloopbackoff_v2* | pod: `production/api-sd98vc9vfb-hglv7` | signal:"
            + " `crashloopbackoff` | restarts: 5 | class: `oom_at_startup` | conf: 0.93 | action:"
            + " - | 🔗 https://wiki.example.com/runbooks",
        "The memory limit of api was already raised within a day.\n\nThe container was killed for"
            + " memory again (exit 137, limit `384Mi`), *five minutes* after it started.",
        fields(
            "pod", "production/api-sd98vc9vfb-hglv7",
            "node", "worker-2",
            "restarts", "5",
            "exitCode", "137",
            "readinessProbe", "initialDelay 0s, period 5s, timeout 1s,\nfailureThreshold 3"),
        List.of(
            "Find out why api needs more than 384Mi; the limit is raised once a day at most.",
            "Compare the heap at start with the last release."),
        List.of(
            "kubectl describe pod api-sd98vc9vfb-hglv7 -n production",
            "kubectl logs api-sd98vc9vfb-hglv7 -n production --previous --tail=100",
            PATCH),
        attachments);
  }

  private static Map<String, String> fields(String... pairs) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      fields.put(pairs[i], pairs[i + 1]);
    }
    return fields;
  }

  private static Message message(
      String event,
      String priority,
      String title,
      @Nullable String details,
      Map<String, String> fields,
      List<String> steps,
      List<String> commands,
      Map<String, String> attachments) {
    Notification notice =
        new Notification(
            event,
            Map.of("chat", List.of()),
            priority,
            title,
            details,
            fields,
            attachments,
            steps,
            commands,
            event + "/crashloopbackoff_v2/" + POD + "/oom_at_startup",
            Duration.ofHours(24));
    return new Message(
        new RunId(RUN),
        notice,
        List.of("severity:" + priority, "crash_loop"),
        new Subject(
            "crashloopbackoff_v2",
            "kubernetes",
            "crashloopbackoff",
            "alertmanager",
            "9f0a1b2c3d4e5f60",
            POD,
            event.equals("opened") ? null : "oom_at_startup",
            event.equals("resolved") || event.equals("escalated") ? event : null,
            AT),
        "https://byteport.example.com/runs/" + RUN,
        "https://wiki.example.com/runbooks/crashloopbackoff_v2",
        null,
        null);
  }

  /** An escalation that calls somebody. */
  public static Message calling(String mention) {
    Message plain = of("escalated");
    return copy(plain, plain.notice(), plain.subject(), mention, null);
  }

  /** With a text of the operator's. */
  public static Message saying(String event, String text) {
    Message plain = of(event);
    return copy(plain, plain.notice(), plain.subject(), null, text);
  }

  /** About another target. */
  public static Message about(String event, String target) {
    Message plain = of(event);
    Subject old = plain.subject();
    Subject subject =
        new Subject(
            old.runbook(),
            old.category(),
            old.signal(),
            old.source(),
            old.fingerprint(),
            target,
            old.classId(),
            old.result(),
            old.at());
    return copy(plain, plain.notice(), subject, null, null);
  }

  /** With another severity. */
  public static Message graded(String event, String severity) {
    Notification old = of(event).notice();
    return with(
        of(event),
        notice(old, severity, old.title(), old.title(), old.fields(), List.of(), List.of()));
  }

  /** Everything that others may write is the same text. */
  public static Message hostile(String event, String text) {
    Message plain = about(event, "pod/production/" + text);
    Notification old = plain.notice();
    Map<String, String> said = new LinkedHashMap<>();
    said.put(text, text);
    said.put("pod", text + "\n" + text);
    Notification notice =
        new Notification(
            event,
            old.channels(),
            old.priority(),
            text,
            text + "\n\n" + text,
            said,
            Map.of(text, text, "plan", text),
            List.of(text),
            List.of(text),
            old.dedupKey(),
            old.dedupFor());
    return copy(plain, notice, plain.subject(), null, null);
  }

  /** Far more than anybody takes. */
  public static Message endless(String event) {
    Notification old = of(event).notice();
    Map<String, String> fields = new LinkedHashMap<>();
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      fields.put("fact " + i, ("value <" + i + "> & more ").repeat(50));
      lines.add("do this & that, number " + i + ": " + "x".repeat(60));
    }
    return with(
        of(event),
        notice(
            old,
            "critical",
            "long ".repeat(500),
            "word 🔥 & ".repeat(5_000),
            fields,
            lines,
            lines));
  }

  private static Notification notice(
      Notification old,
      String severity,
      String title,
      String details,
      Map<String, String> fields,
      List<String> steps,
      List<String> commands) {
    return new Notification(
        old.event(),
        old.channels(),
        severity,
        title,
        details,
        fields,
        Map.of("plan", String.join("\n", commands), "logs", "line\n".repeat(100_000)),
        steps,
        commands,
        old.dedupKey(),
        old.dedupFor());
  }

  private static Message with(Message old, Notification notice) {
    return copy(old, notice, old.subject(), null, null);
  }

  private static Message copy(
      Message old,
      Notification notice,
      Subject subject,
      @Nullable String mention,
      @Nullable String text) {
    return new Message(
        old.run(), notice, old.labels(), subject, old.link(), old.runbookLink(), mention, text);
  }
}
