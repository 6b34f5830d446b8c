package io.byteport.dsl.agent;

import io.byteport.dsl.agent.StormSettings.Near;
import io.byteport.dsl.diagnostic.DiagnosticCode;
import java.time.Duration;
import java.util.List;

/** Reads how many runs may change something near one another: {@code storm}. */
final class StormReader {
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(1);
  private static final int MOST_AT_ONCE = 1_000;
  private static final int MOST_WITHIN = 100_000;

  private final Fields document;

  StormReader(Fields document) {
    this.document = document;
  }

  StormSettings read() {
    StormSettings usual = StormSettings.STANDARD;
    Fields fields = document.fields("storm", "a map with `node`, `namespace` and `cluster`");
    if (fields == null) {
      return usual;
    }
    fields.only(List.of("node", "namespace", "cluster", "window"), "`storm`");
    return new StormSettings(
        near(fields, "node", usual.node()),
        near(fields, "namespace", usual.namespace()),
        near(fields, "cluster", usual.cluster()),
        fields.duration("window", usual.window(), SHORTEST, LONGEST, null));
  }

  private static Near near(Fields storm, String scope, Near usual) {
    Fields fields = storm.fields(scope, "a map with `atOnce` and `within`");
    if (fields == null) {
      return usual;
    }
    fields.only(List.of("atOnce", "within"), "`" + scope + "`");
    int atOnce = fields.number("atOnce", usual.atOnce(), 1, MOST_AT_ONCE);
    int within = fields.number("within", Math.max(atOnce, usual.within()), 1, MOST_WITHIN);
    if (within < atOnce) {
      fields
          .findings()
          .add(
              DiagnosticCode.SCHEMA_OUT_OF_RANGE,
              fields
                  .entry("within")
                  .map(entry -> entry.value().span())
                  .orElse(fields.name().span()),
              "expected `within` to be no less than `atOnce`, found " + within + " and " + atOnce,
              "of the runs that change something at once, all count within the window");
      return usual;
    }
    return new Near(atOnce, within);
  }
}
