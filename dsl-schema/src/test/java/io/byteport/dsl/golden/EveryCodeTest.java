package io.byteport.dsl.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.byteport.dsl.diagnostic.DiagnosticCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EveryCodeTest {
  private static final Path GOLDEN = Path.of("src", "test", "resources", "golden");
  private static final Pattern CODE = Pattern.compile("BP-[A-Z]+-[0-9]{3}");

  /**
   * What no text beside its findings can show: a file that is not there, not text or too large.
   * Held by SourceReaderTest.
   */
  private static final Set<DiagnosticCode> WITHOUT_TEXT =
      EnumSet.of(
          DiagnosticCode.FILE_UNREADABLE,
          DiagnosticCode.FILE_ENCODING,
          DiagnosticCode.FILE_TOO_LARGE);

  @Test
  void every_code_has_a_text_that_triggers_it() throws IOException {
    StringBuilder printed = new StringBuilder();
    try (Stream<Path> files = Files.walk(GOLDEN)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".diagnostics")).toList()) {
        printed.append(Files.readString(file));
      }
    }
    Set<String> shown = new TreeSet<>();
    for (Matcher codes = CODE.matcher(printed); codes.find(); ) {
      shown.add(codes.group());
    }
    assertThat(Arrays.stream(DiagnosticCode.values()))
        .filteredOn(code -> !WITHOUT_TEXT.contains(code) && !shown.contains(code.id()))
        .as("codes without a golden text")
        .isEmpty();
  }

  @Test
  void no_code_is_used_twice() {
    assertThat(Arrays.stream(DiagnosticCode.values()).map(DiagnosticCode::id))
        .doesNotHaveDuplicates();
  }
}
