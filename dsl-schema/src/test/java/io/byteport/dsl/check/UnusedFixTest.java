package io.byteport.dsl.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.diagnostic.Diagnostic;
import io.byteport.dsl.diagnostic.Fix;
import io.byteport.dsl.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UnusedFixTest {
  private static final Path GOLDEN =
      Path.of("src", "test", "resources", "golden", "check", "unused.yaml");

  private static List<Diagnostic> found(String text) {
    return new RunbookLoader(Catalogues.TEST).load(new SourceFile("x.yaml", text)).diagnostics();
  }

  private static String applied(String text, Fix fix) {
    int start = text.offsetByCodePoints(0, fix.span().start());
    int end = text.offsetByCodePoints(0, fix.span().end());
    return text.substring(0, start) + fix.replacement() + text.substring(end);
  }

  private static Optional<Fix> fix(List<Diagnostic> found, String name) {
    return found.stream()
        .filter(one -> one.message().contains("`" + name + "`"))
        .flatMap(one -> one.fixes().stream())
        .findFirst();
  }

  @Test
  void fixes_applied_one_after_the_other_leave_only_what_callers_still_give() throws IOException {
    String text = Files.readString(GOLDEN);
    for (int i = 0; i < 20; i++) {
      Optional<Fix> next = found(text).stream().flatMap(one -> one.fixes().stream()).findFirst();
      if (next.isEmpty()) {
        break;
      }
      assertThat(next.get().safe()).as("what is not used may yet be meant to be").isFalse();
      text = applied(text, next.get());
    }
    assertThat(found(text))
        .extracting(Diagnostic::message)
        .containsExactly(
            "expected something that uses the argument `note`, found nothing",
            "expected a `limit` that counts `kubectl.setMemoryLimit`, found none");
    assertThat(text)
        .doesNotContain("How long nobody is told", "Kept from", "restart:", "verify.read")
        .contains("factor:", "expect:\n    ready");
  }

  @Test
  void an_entry_goes_with_the_comments_right_above_it_and_nothing_else() throws IOException {
    String text = Files.readString(GOLDEN);
    Fix fix = fix(found(text), "quiet").orElseThrow();
    assertThat(new SourceFile("x.yaml", text).text(fix.span()))
        .isEqualTo(
            """
              # How long nobody is told.
              # Kept from an earlier version.
              quiet:
                type: duration
                default: 5m
                doc: How long nobody is told
            """);
  }

  @Test
  void the_last_entry_of_a_section_takes_the_section_along() throws IOException {
    String text = Files.readString(GOLDEN);
    String after = applied(text, fix(found(text), "again").orElseThrow());
    assertThat(after).doesNotContain("read:\n").contains("within: 5m\n  expect:\n");
  }

  @Test
  void an_entry_that_shares_its_line_is_left_to_the_author() throws IOException {
    String text =
        Files.readString(GOLDEN)
            .replace("  region: { type: string }\n", "")
            .replace("inputs:\n", "inputs: &all\n");
    assertThat(fix(found(text), "zone")).isPresent();
    String flow =
        text.replaceAll(
            "(?s)inputs: &all\n.*?\n\n",
            "inputs: { namespace: { type: string, required: true }, pod: { type: string, required:"
                + " true }, title: { type: string }, zone: { type: string } }\n\n");
    assertThat(found(flow)).extracting(Diagnostic::message).anyMatch(one -> one.contains("`zone`"));
    assertThat(fix(found(flow), "zone")).isEmpty();
  }

  @Test
  void an_entry_that_others_refer_to_is_left_to_the_author() throws IOException {
    String text =
        Files.readString(GOLDEN)
            .replace(
                "quiet:\n    type: duration\n    default: 5m",
                "quiet:\n    type: duration\n    default: &pause 5m")
            .replace("      - wait: 5s", "      - wait: *pause");
    assertThat(fix(found(text), "quiet")).isEmpty();
  }
}
