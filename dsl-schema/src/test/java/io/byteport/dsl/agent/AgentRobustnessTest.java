package io.byteport.dsl.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.check.Catalogues;
import io.byteport.dsl.diagnostic.Checked;
import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.DiagnosticPrinter;
import io.byteport.dsl.source.SourceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever stands in a configuration, it is judged and nothing is thrown. */
class AgentRobustnessTest {
  private static final List<String> LINES = read();
  private static final List<String> KEYS =
      LINES.stream()
          .filter(line -> line.matches("[ -]*[A-Za-z_\"*-]+:.*"))
          .map(line -> line.strip().replaceFirst("^- ", "").replaceFirst(":.*", ""))
          .distinct()
          .toList();
  private static final List<String> SCALARS =
      List.of(
          "true",
          "~",
          "''",
          "0",
          "-1",
          "1e9",
          "2.5",
          "15s",
          "400d",
          "live",
          "chat",
          "act",
          "firing",
          "'${item.a} ${'",
          "'${'",
          "'${body}'",
          "'signal.labels['",
          "'0 2 * * SUN'",
          "'* * 31 2 *'",
          "'💥'",
          "0.0.0.0:99999",
          "'[::]:1'",
          "/webhooks/a",
          "alertmanager",
          "webhook",
          "smtp",
          "2026-11-27T00:00:00Z",
          "Europe/Madrid",
          "pod_restarts",
          "group:sre",
          "'@'");

  @Provide
  Arbitrary<String> values() {
    Arbitrary<String> scalars =
        Arbitraries.oneOf(
            Arbitraries.of(SCALARS),
            Arbitraries.strings().ascii().ofMaxLength(12).map(AgentRobustnessTest::quoted),
            Arbitraries.strings().ofMaxLength(6).map(AgentRobustnessTest::quoted));
    return nested(nested(scalars));
  }

  private static Arbitrary<String> nested(Arbitrary<String> inner) {
    return Arbitraries.frequencyOf(
        Tuple.of(2, inner),
        Tuple.of(1, inner.list().ofMaxSize(3).map(items -> "[" + String.join(", ", items) + "]")),
        Tuple.of(
            2,
            Arbitraries.maps(Arbitraries.of(KEYS), inner)
                .ofMaxSize(4)
                .map(
                    map -> {
                      List<String> entries = new ArrayList<>();
                      map.forEach((key, value) -> entries.add(key + ": " + value));
                      return "{" + String.join(", ", entries) + "}";
                    })));
  }

  private static String quoted(String text) {
    return "'" + text.replaceAll("\\p{Cntrl}", "").replace("'", "''") + "'";
  }

  @Property(tries = 600, edgeCases = EdgeCasesMode.NONE)
  void any_value_in_any_place_is_judged(
      @ForAll("values") String value, @ForAll int at, @ForAll boolean before) {
    List<String> lines = new ArrayList<>(LINES);
    int line = Math.floorMod(at, lines.size());
    String old = lines.get(line);
    int colon = old.indexOf(':');
    if (colon >= 0) {
      lines.set(line, old.substring(0, colon + 1) + " " + value);
    } else if (before) {
      lines.remove(line);
    }
    judged(String.join("\n", lines));
  }

  @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
  void any_sections_are_judged(@ForAll("values") String one, @ForAll("values") String other) {
    for (String section :
        List.of("sources", "channels", "windows", "limits", "runbooks", "access", "store")) {
      judged(
          "apiVersion: byteport.io/v1\nkind: Agent\n"
              + section
              + ": "
              + one
              + "\nroutes: "
              + other
              + "\n");
    }
  }

  private static void judged(String text) {
    SourceFile file = new SourceFile("agent.yaml", text);
    Checked<AgentConfiguration> loaded =
        AgentLoader.load(file, Catalogues.TEST, List.of(Watched.RUNBOOK));

    assertThat(loaded.value().isPresent()).as(text).isEqualTo(!loaded.hasErrors());
    for (Diagnostic found : loaded.diagnostics()) {
      assertThat(found.span().end()).as(text).isBetween(found.span().start(), file.length());
    }
    assertThat(new DiagnosticPrinter(false).print(loaded.diagnostics()).isEmpty())
        .as(text)
        .isEqualTo(loaded.diagnostics().isEmpty());
  }

  private static List<String> read() {
    try {
      return Files.readAllLines(
          Path.of("src", "test", "resources", "golden", "agent", "clean.yaml"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
