package io.byteport.engine.run;

import io.byteport.engine.journal.StormDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What people are told of a storm: at once that there is one, and at its end what was in it. */
final class StormNotice {
  private static final String EVENT = "storm";

  /** One incident that was not acted on. */
  record Incident(Event.Opened opened, RunReport report) {}

  private StormNotice() {}

  /** The notice of the run with which a storm begins; later ones wait for the digest. */
  static RunReport.Notification first(
      RunReport.Notification notice, StormDigest digest, Duration window) {
    String more =
        "This is the first of perhaps many: what else is held back in "
            + digest.scope()
            + " until "
            + digest.openedAt().plus(window)
            + " is told in one digest.";
    return new RunReport.Notification(
        notice.event(),
        notice.channels(),
        notice.priority(),
        "Storm in " + digest.scope() + ": " + notice.title(),
        notice.details() == null ? more : notice.details() + "\n\n" + more,
        notice.fields(),
        notice.attachments(),
        notice.nextSteps(),
        notice.commands(),
        key(digest) + "/" + notice.dedupKey(),
        Duration.ZERO);
  }

  /** One notice of all incidents, to everybody who would have heard of one of them. */
  static RunReport.Notification of(StormDigest digest, List<Incident> incidents) {
    Map<String, List<String>> channels = new LinkedHashMap<>();
    StringBuilder list = new StringBuilder();
    List<String> commands = new ArrayList<>();
    Set<String> classes = new LinkedHashSet<>();
    String priority = "";
    for (Incident incident : incidents) {
      Event.Opened opened = incident.opened();
      RunReport report = incident.report();
      String classId = report.classId() == null ? "not classified" : report.classId();
      classes.add(classId);
      list.append(opened.run())
          .append("  ")
          .append(opened.targetKey())
          .append("  ")
          .append(classId)
          .append("  ")
          .append(opened.runbook())
          .append('\n');
      commands.add("byteport runs show " + opened.run());
      for (RunReport.Notification notice : report.notices()) {
        notice
            .channels()
            .forEach((kind, labels) -> channels.merge(kind, labels, StormNotice::both));
        priority = graver(priority, notice.priority());
      }
    }
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("scope", digest.scope());
    fields.put("since", digest.openedAt().toString());
    fields.put("incidents", Integer.toString(incidents.size()));
    fields.put("classes", String.join(", ", classes));
    return new RunReport.Notification(
        EVENT,
        channels,
        priority,
        "Storm in " + digest.scope() + ": " + incidents.size() + " incidents were not acted on",
        "More runs wanted to change something there than may. These changed nothing.",
        fields,
        Map.of("incidents", list.toString().stripTrailing()),
        List.of(
            "Look for what they have in common before anything is repaired one by one.",
            "Each incident is left as it was found; see to those that are still going on."),
        commands,
        key(digest),
        Duration.ZERO);
  }

  private static String key(StormDigest digest) {
    return EVENT + "/" + digest.scope() + "/" + digest.openedAt();
  }

  private static List<String> both(List<String> one, List<String> other) {
    Set<String> all = new LinkedHashSet<>(one);
    all.addAll(other);
    return List.copyOf(all);
  }

  private static final List<String> GRAVITY = List.of("critical", "high", "warning", "info");

  /** Of two priorities; one of another vocabulary than severities' is kept where it came first. */
  private static String graver(String one, String other) {
    int left = GRAVITY.indexOf(one.toLowerCase(Locale.ROOT));
    int right = GRAVITY.indexOf(other.toLowerCase(Locale.ROOT));
    return one.isEmpty() || (left >= 0 && right >= 0 && right < left) ? other : one;
  }
}
