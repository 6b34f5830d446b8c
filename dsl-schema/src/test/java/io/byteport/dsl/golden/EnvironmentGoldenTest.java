package io.byteport.dsl.golden;

import io.byteport.dsl.check.Catalogues;
import io.byteport.dsl.check.RunbookLoader;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class EnvironmentGoldenTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.ofEntries(
          Map.entry("FACTOR", "2.5"),
          Map.entry("PATIENCE", "90"),
          Map.entry("PATIENCE_OK", " 90s "),
          Map.entry("LEVEL", "medium"),
          Map.entry("DRY_RUN", "1"),
          Map.entry("DRY_RUN_OK", "False"),
          Map.entry("FLOOR", "1Ki"),
          Map.entry("PORTS", "80, http"),
          Map.entry("PORTS_OK", "80, 443"),
          Map.entry("PATTERN", "(oom"),
          Map.entry("ZONE", "not a name"),
          Map.entry("ALERT_TOKEN", "s3cr3t-and-not-a-number"),
          Map.entry("LONG", "x".repeat(80)),
          Map.entry("CLUSTER_OK", "blue"),
          Map.entry("BLANK", "  "));

  @TestFactory
  Stream<DynamicTest> a_variable_that_does_not_fit_is_told_where_the_parameter_names_it() {
    RunbookLoader loader = new RunbookLoader(Catalogues.TEST, ENVIRONMENT);
    return new GoldenFolder("environment", file -> loader.load(file).diagnostics()).tests();
  }
}
